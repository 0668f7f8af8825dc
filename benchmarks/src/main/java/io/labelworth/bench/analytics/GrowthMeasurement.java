package io.labelworth.bench.analytics;

import io.labelworth.bench.analytics.AnalyticsSide.Moment;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.util.Locale;

/**
 * Time per result at the end of a long stream over that at its start, in one warm process: what
 * grows with the number of results shows, and what a JVM's start costs does not.
 */
final class GrowthMeasurement {

    static final String GROWTH = "costGrowth";

    private final Workspace workspace;
    private final AnalyticsSizes sizes;
    private final Progress progress;

    GrowthMeasurement(Workspace workspace, AnalyticsSizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    void run(Findings findings) {
        progress.line(String.format(Locale.ROOT, "growth: writing %,d results", sizes.growth()));
        try (AnalyticsSide side =
                AnalyticsSide.holding(
                        workspace,
                        "growth",
                        new ResultStream("warm-up", sizes.warmUp()),
                        new ResultStream("measured", sizes.growth()))) {
            side.start();
            long first = sizes.warmUp();
            Moment start = side.await(first);
            Moment early = side.await(first + sizes.window());
            Moment late = side.await(first + sizes.growth() - sizes.window());
            Moment end = side.await(first + sizes.growth());
            double growth = early.rateSince(start) / end.rateSince(late);
            findings.figure(GROWTH, Figure.once(growth));
            findings.raw("growth.earlyEventsPerSecond", Figure.once(early.rateSince(start)));
            findings.raw("growth.lateEventsPerSecond", Figure.once(end.rateSince(late)));
            findings.raw(
                    "growth.earlyProcessorMicrosPerEvent",
                    Figure.once(early.processorMicrosSince(start)));
            findings.raw(
                    "growth.lateProcessorMicrosPerEvent",
                    Figure.once(end.processorMicrosSince(late)));
            findings.note(
                    GROWTH,
                    String.format(
                            Locale.ROOT,
                            "time per event over the last %,d of %,d, over that of the first %,d",
                            sizes.window(),
                            sizes.growth(),
                            sizes.window()));
        }
    }
}
