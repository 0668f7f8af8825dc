package io.labelworth.bench.cli;

import io.labelworth.bench.labeler.LabelerBench;
import io.labelworth.bench.labeler.Measurement;
import io.labelworth.bench.labeler.Sizes;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.Target;
import io.labelworth.standalone.terminal.Progress;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth bench labeler}: labels per second, and over what the network alone gives. */
@Command(
        name = "labeler",
        mixinStandardHelpOptions = true,
        description = "Measure the labeler against the bare network, PyTorch, and itself.")
final class LabelerBenchCommand extends MeasuringCommand {

    @Option(
            names = "--only",
            paramLabel = "MEASUREMENT",
            split = ",",
            description = "only some of ${COMPLETION-CANDIDATES}")
    private List<Measurement> only;

    @Override
    Findings measure(Workspace workspace, Progress progress) throws InterruptedException {
        return new LabelerBench(workspace, sizes(), progress)
                .run(only == null ? EnumSet.allOf(Measurement.class) : EnumSet.copyOf(only));
    }

    @Override
    List<Target> targets() {
        return LabelerBench.TARGETS;
    }

    @Override
    int repetitions() {
        return sizes().repetitions();
    }

    @Override
    int batch() {
        return sizes().batch();
    }

    private Sizes sizes() {
        return quick() ? Sizes.QUICK : Sizes.FULL;
    }
}
