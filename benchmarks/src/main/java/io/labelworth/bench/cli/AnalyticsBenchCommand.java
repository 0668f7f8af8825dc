package io.labelworth.bench.cli;

import io.labelworth.bench.analytics.AnalyticsBench;
import io.labelworth.bench.analytics.AnalyticsMeasurement;
import io.labelworth.bench.analytics.AnalyticsSizes;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.Target;
import io.labelworth.standalone.terminal.Progress;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth bench analytics}: results per second, and what their number costs. */
@Command(
        name = "analytics",
        mixinStandardHelpOptions = true,
        description = "Measure how fast results become summaries, frontiers and label worth.")
final class AnalyticsBenchCommand extends MeasuringCommand {

    @Option(
            names = "--only",
            paramLabel = "MEASUREMENT",
            split = ",",
            description = "only some of ${COMPLETION-CANDIDATES}")
    private List<AnalyticsMeasurement> only;

    @Override
    Findings measure(Workspace workspace, Progress progress) throws InterruptedException {
        return new AnalyticsBench(workspace, sizes(), progress)
                .run(
                        only == null
                                ? EnumSet.allOf(AnalyticsMeasurement.class)
                                : EnumSet.copyOf(only));
    }

    @Override
    List<Target> targets() {
        return AnalyticsBench.TARGETS;
    }

    @Override
    int repetitions() {
        return sizes().repetitions();
    }

    /** No network runs here. */
    @Override
    int batch() {
        return 0;
    }

    private AnalyticsSizes sizes() {
        return quick() ? AnalyticsSizes.QUICK : AnalyticsSizes.FULL;
    }
}
