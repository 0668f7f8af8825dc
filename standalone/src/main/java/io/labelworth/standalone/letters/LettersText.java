package io.labelworth.standalone.letters;

import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.letters.Letters.Current;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dead letters for a person: by checkpoint, then by kind, the first few of each. */
public final class LettersText {

    private static final int SHOWN = 5;

    private static final Map<LetterState, String> WORDS =
            Map.of(
                    LetterState.FAILED, "failed",
                    LetterState.RETRY, "to be tried again",
                    LetterState.RESOLVED, "resolved");

    private LettersText() {}

    /** Lines of text, each with its line break; the last counts. */
    public static String render(Letters letters) {
        StringBuilder text = new StringBuilder();
        letters.current().stream()
                .collect(
                        Collectors.groupingBy(
                                LettersText::heading, TreeMap::new, Collectors.toList()))
                .forEach((heading, group) -> group(text, heading, group));
        return text.append(letters.current().size())
                .append(letters.current().size() == 1 ? " dead letter: " : " dead letters: ")
                .append(counts(letters))
                .append('\n')
                .toString();
    }

    /** What a retry asked for, and how to follow it. */
    public static String render(RetryPlan plan) {
        StringBuilder text = new StringBuilder();
        if (!plan.images().isEmpty()) {
            text.append("asked for another try of ")
                    .append(plan.images().size())
                    .append(plan.images().size() == 1 ? " image" : " images")
                    .append("; ./labelworth dead-letters shows what is left\n");
        }
        for (ExpertCheckpoint checkpoint : plan.announcements()) {
            text.append("announced ")
                    .append(checkpoint.getCheckpointId())
                    .append(" again; ./labelworth status shows how it goes\n");
        }
        plan.skipped()
                .forEach(
                        (reason, count) ->
                                text.append("skipped ")
                                        .append(count)
                                        .append(": ")
                                        .append(reason)
                                        .append('\n'));
        return text.isEmpty() ? "nothing to try again\n" : text.toString();
    }

    private static String heading(Current current) {
        DeadLetter letter = current.letter();
        return Objects.requireNonNullElse(letter.getCheckpointId(), "topic " + letter.getTopic());
    }

    private static void group(StringBuilder text, String heading, List<Current> group) {
        text.append(heading).append('\n');
        group.stream()
                .collect(
                        Collectors.groupingBy(
                                current -> current.letter().getKind(),
                                TreeMap::new,
                                Collectors.toList()))
                .forEach((kind, letters) -> kind(text, kind, letters));
        text.append('\n');
    }

    private static void kind(StringBuilder text, String kind, List<Current> letters) {
        text.append("  ").append(kind).append(": ").append(counts(new Letters(letters)));
        text.append('\n');
        letters.stream().limit(SHOWN).forEach(current -> line(text, current.letter()));
        if (letters.size() > SHOWN) {
            text.append("    and ").append(letters.size() - SHOWN).append(" more (--json)\n");
        }
    }

    private static void line(StringBuilder text, DeadLetter letter) {
        text.append("    ")
                .append(letter.getFailedAt())
                .append("  ")
                .append(subject(letter))
                .append(LetterState.FAILED.is(letter) ? "" : "  [" + letter.getState() + "]")
                .append("  ")
                .append(letter.getReason().replaceAll("\\s*\\R\\s*", "; "))
                .append('\n');
    }

    private static String subject(DeadLetter letter) {
        String position =
                letter.getTopic() + "-" + letter.getPartition() + "@" + letter.getOffset();
        if (letter.getTopic().equals(Topics.EXPERT_CHECKPOINTS.name())) {
            return "the checkpoint as a whole, " + position;
        }
        return letter.getImageId() == null ? position : letter.getImageId() + "  " + position;
    }

    private static String counts(Letters letters) {
        return Stream.of(LetterState.values())
                .filter(state -> letters.count(state) > 0)
                .map(state -> letters.count(state) + " " + WORDS.get(state))
                .collect(Collectors.joining(", "));
    }
}
