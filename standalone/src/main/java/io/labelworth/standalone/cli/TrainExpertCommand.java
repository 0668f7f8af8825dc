package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.run.Recipe;
import io.labelworth.standalone.expert.ExpertRequest;
import io.labelworth.standalone.expert.ExpertRun;
import io.labelworth.standalone.terminal.ExpertProgress;
import io.labelworth.standalone.terminal.Progress;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code labelworth train-expert}: trains an expert and announces its checkpoints as they are made.
 */
@Command(
        name = "train-expert",
        mixinStandardHelpOptions = true,
        description = "Train an expert on the full training split and announce its checkpoints.")
final class TrainExpertCommand extends ClusterCommand {

    @Parameters(paramLabel = "DATASET", description = "dataset name, for example fashion-mnist")
    private String name;

    @Option(
            names = "--epochs",
            paramLabel = "E",
            defaultValue = "5",
            description = "passes over the training split (default: ${DEFAULT-VALUE})")
    private int epochs;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "name of the run (default: DATASET-ARCH-wWIDTH-eEPOCHS-sSEED)")
    private String run;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "seed of everything random in it (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description =
                    "where it is trained: cpu, gpu:N or auto; only the CPU repeats to the bit"
                            + " (default: ${DEFAULT-VALUE})")
    private String device;

    @Mixin private ExpertOptions expert;

    @Mixin private RecipeOptions recipe;

    @Override
    void run(KafkaConnection connection) {
        if (epochs < 1) {
            throw new UserException("--epochs must be at least 1, not " + epochs);
        }
        Recipe howTrained = recipe.recipe();
        Progress progress = Progress.onStandardError();
        Dataset dataset =
                new Datasets().fetch(name, paths().images(), Optional.empty(), progress::line);
        ExpertRequest request =
                new ExpertRequest(
                        Optional.ofNullable(run).orElseGet(this::defaultRun),
                        expert.architecture(),
                        howTrained,
                        epochs,
                        seed,
                        expert.codec(dataset.info()),
                        ComputeDevice.available(device).get(0));
        ExpertRun training = new ExpertRun(connection, paths().checkpoints(), Clock.systemUTC());
        try (ExpertProgress shown = new ExpertProgress(progress, () -> "")) {
            boolean trained = training.train(dataset, request, shown, () -> false);
            if (!trained) {
                progress.line("expert " + request.run() + " is there already");
            }
        }
        ExpertRun.checkpointIds(dataset, request).forEach(System.out::println);
    }

    private String defaultRun() {
        String network =
                expert.architecture().toString().replaceAll("[(),=]+", "-").replaceAll("-$", "");
        return name + "-" + network + "-e" + epochs + "-s" + seed;
    }
}
