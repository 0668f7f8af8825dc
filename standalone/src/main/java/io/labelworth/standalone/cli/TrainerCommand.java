package io.labelworth.standalone.cli;

import io.labelworth.learning.data.Datasets;
import io.labelworth.trainer.TrainerMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code labelworth trainer}: one trainer service, until stopped. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        description = "Run one trainer service, by LABELWORTH_* settings.")
final class TrainerCommand implements Callable<Integer> {

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
        return TrainerMain.run(cluster.serviceEnvironment("trainer-service"), new Datasets());
    }
}
