package io.labelworth.standalone.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.standalone.letters.LetterSelection;
import io.labelworth.standalone.letters.Letters;
import io.labelworth.standalone.letters.Letters.Current;
import io.labelworth.standalone.letters.LettersJson;
import io.labelworth.standalone.letters.LettersText;
import io.labelworth.standalone.letters.Retry;
import io.labelworth.standalone.letters.RetryWait;
import io.labelworth.standalone.terminal.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth dead-letters}: what could not be processed, and why; and another try. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "List what could not be processed, and why; with --retry, try it again.")
final class DeadLettersCommand extends ClusterCommand {

    @Option(names = "--kind", paramLabel = "KIND", description = "only failures of this kind")
    private String kind;

    @Option(names = "--checkpoint", paramLabel = "ID", description = "only of this checkpoint")
    private String checkpoint;

    @Option(names = "--all", description = "also those that were resolved")
    private boolean all;

    @Option(names = "--retry", description = "ask the labelers to try the failed ones again")
    private boolean retry;

    @Option(names = "--wait", description = "wait until all that were asked for were tried again")
    private boolean wait;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    void run(KafkaConnection connection) {
        LetterSelection selection = new LetterSelection(kind, checkpoint);
        if (!retry && !wait) {
            list(Letters.read(connection.consumers()).only(selection));
            return;
        }
        ObjectNode document = new JsonMapper().createObjectNode();
        Map<String, Long> positions = new HashMap<>();
        if (wait) {
            positions.putAll(inRetry(connection, selection));
        }
        if (retry) {
            Retry asked = Retry.ask(connection, selection);
            positions.putAll(asked.positions());
            tell(LettersText.render(asked.plan()));
            document.set("asked", LettersJson.of(asked.plan()));
        }
        RetryWait answers = new RetryWait(positions);
        if (wait) {
            answers.await(connection.consumers(), Progress.onStandardError());
            if (answers.asked() > 0) {
                tell(answers.resolved() + " of " + answers.asked() + " resolved\n");
            } else if (!retry) {
                tell("nothing is being tried again\n");
            }
            document.set("answers", LettersJson.of(answers));
        }
        if (json) {
            System.out.println(document.toPrettyString());
        }
        failIfAny(answers);
    }

    private static Map<String, Long> inRetry(
            KafkaConnection connection, LetterSelection selection) {
        return Letters.read(connection.consumers()).only(selection).current().stream()
                .filter(current -> current.in(LetterState.RETRY))
                .collect(Collectors.toMap(Current::key, Current::position));
    }

    private void list(Letters selected) {
        Letters shown = selected.only(letter -> all || !LetterState.RESOLVED.is(letter));
        if (json) {
            System.out.println(LettersJson.of(shown).toPrettyString());
        } else if (shown.current().isEmpty()) {
            System.out.println(nothing(selected.count(LetterState.RESOLVED)));
        } else {
            System.out.print(LettersText.render(shown));
            if (shown.count(LetterState.FAILED) > 0) {
                System.out.println(
                        "Once the cause is gone: ./labelworth dead-letters --retry --wait");
            }
        }
    }

    private String nothing(long resolved) {
        String none =
                kind == null && checkpoint == null
                        ? "No dead letters: everything so far could be processed."
                        : "No dead letters match.";
        return resolved == 0 ? none : none + " Resolved since: " + resolved + " (--all).";
    }

    private void tell(String text) {
        if (!json) {
            System.out.print(text);
        }
    }

    private static void failIfAny(RetryWait answers) {
        if (!answers.failedAgain().isEmpty()) {
            DeadLetter first = answers.failedAgain().get(0);
            throw new UserException(
                    answers.failedAgain().size()
                            + " of "
                            + answers.asked()
                            + " failed again, the first "
                            + DeadLetters.keyOf(first)
                            + ": "
                            + first.getReason());
        }
    }
}
