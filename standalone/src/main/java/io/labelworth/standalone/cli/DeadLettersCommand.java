package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;

/** {@code labelworth dead-letters}: what could not be processed, and why. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "List what could not be processed, and why.")
final class DeadLettersCommand extends ClusterCommand {

    @Override
    void run(KafkaConnection connection) {
        List<DeadLetter> letters =
                TopicReader.all(
                        connection.consumers(), Topics.DEAD_LETTERS, "labelworth-dead-letters");
        for (DeadLetter letter : letters) {
            System.out.printf(
                    "%s  %s-%d@%d  %s  %s  %s: %s%n",
                    letter.getFailedAt(),
                    letter.getTopic(),
                    letter.getPartition(),
                    letter.getOffset(),
                    Objects.requireNonNullElse(letter.getCheckpointId(), "-"),
                    Objects.requireNonNullElse(letter.getImageId(), "-"),
                    letter.getKind(),
                    letter.getReason());
        }
        System.out.println(letters.size() + " dead letters");
    }
}
