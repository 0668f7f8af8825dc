package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.labeler.announce.RefusedException;
import io.labelworth.labeler.announce.ViewsAnnouncer;
import io.labelworth.learning.view.Views;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code labelworth label-views}: the labelers label views of the images with a checkpoint too. */
@Command(
        name = "label-views",
        mixinStandardHelpOptions = true,
        description =
                "Label views of each image with a checkpoint too; prints the checkpoint id that"
                        + " experiments name for them.")
final class LabelViewsCommand extends ClusterCommand {

    @Parameters(paramLabel = "CHECKPOINT", description = "checkpoint id, as status shows it")
    private String checkpointId;

    @Option(
            names = "--views",
            required = true,
            paramLabel = "KIND",
            description =
                    "cutmix (a box of another image), crop (resized, half of them flipped), or"
                            + " crop-cutmix (both)")
    private String kind;

    @Option(
            names = "--count",
            required = true,
            paramLabel = "N",
            description = "views of each image; label bytes grow with it")
    private String count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "seed of the views (default: ${DEFAULT-VALUE})")
    private String seed;

    @Option(
            names = "--least-area",
            paramLabel = "X",
            description = "smallest share of an image that a crop may be (default: 0.08)")
    private String leastArea;

    @Override
    void run(KafkaConnection connection) {
        try {
            System.out.println(
                    new ViewsAnnouncer(
                                    new KafkaCheckpointLog(connection, "labelworth-views"),
                                    Clock.systemUTC())
                            .announce(checkpointId, views())
                            .getCheckpointId());
        } catch (RefusedException e) {
            throw new UserException(e.getMessage() + "; ./labelworth status lists them");
        }
    }

    private Views views() {
        Map<String, String> parameters = new HashMap<>(Map.of("count", count, "seed", seed));
        if (leastArea != null) {
            parameters.put("leastArea", leastArea);
        }
        try {
            return Views.of(kind, parameters);
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }
}
