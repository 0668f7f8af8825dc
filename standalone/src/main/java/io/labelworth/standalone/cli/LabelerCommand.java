package io.labelworth.standalone.cli;

import io.labelworth.labeler.LabelerMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code labelworth labeler}: one labeler service, until stopped. */
@Command(
        name = "labeler",
        mixinStandardHelpOptions = true,
        description = "Run one labeler service, by LABELWORTH_* settings.")
final class LabelerCommand implements Callable<Integer> {

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
        return LabelerMain.run(cluster.serviceEnvironment("labeler-service"));
    }
}
