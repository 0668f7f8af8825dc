package io.labelworth.bench.cli;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.Target;
import io.labelworth.bench.trainer.TrainerBench;
import io.labelworth.bench.trainer.TrainerMeasurement;
import io.labelworth.bench.trainer.TrainerSizes;
import io.labelworth.standalone.terminal.Progress;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth bench trainer}: students and experts against the same recipe in PyTorch. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        description = "Measure training against PyTorch's, and the assembly of a large set.")
final class TrainerBenchCommand extends MeasuringCommand {

    @Option(
            names = "--only",
            paramLabel = "MEASUREMENT",
            split = ",",
            description = "only some of ${COMPLETION-CANDIDATES}")
    private List<TrainerMeasurement> only;

    @Override
    Findings measure(Workspace workspace, Progress progress) throws InterruptedException {
        return new TrainerBench(workspace, sizes(), progress)
                .run(only == null ? EnumSet.allOf(TrainerMeasurement.class) : EnumSet.copyOf(only));
    }

    @Override
    List<Target> targets() {
        return TrainerBench.targets();
    }

    @Override
    int repetitions() {
        return sizes().repetitions();
    }

    @Override
    int batch() {
        return TrainerSizes.BATCH;
    }

    private TrainerSizes sizes() {
        return quick() ? TrainerSizes.QUICK : TrainerSizes.FULL;
    }
}
