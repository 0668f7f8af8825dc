package io.labelworth.bench.analytics;

import io.labelworth.bench.analytics.AnalyticsSide.Moment;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results per second through the whole service, from the topic to committed summaries. */
final class EventsMeasurement {

    static final String RATE = "eventsPerSecond";

    private final Workspace workspace;
    private final AnalyticsSizes sizes;
    private final Progress progress;

    EventsMeasurement(Workspace workspace, AnalyticsSizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    void run(Findings findings) {
        List<Double> rates = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int repetition = 1; repetition <= sizes.repetitions(); repetition++) {
            try (AnalyticsSide side =
                    AnalyticsSide.holding(
                            workspace,
                            "events",
                            new ResultStream("warm-up", sizes.warmUp()),
                            new ResultStream("measured", sizes.events()))) {
                side.start();
                Moment before = side.await(sizes.warmUp());
                Moment after = side.await((long) sizes.warmUp() + sizes.events());
                rates.add(after.rateSince(before));
                processor.add(after.processorMicrosSince(before));
            }
            progress.line(
                    String.format(
                            Locale.ROOT,
                            "events, repetition %d of %d: %.0f/s, %.0f us of processor time each",
                            repetition,
                            sizes.repetitions(),
                            rates.get(repetition - 1),
                            processor.get(repetition - 1)));
        }
        findings.figure(RATE, new Figure(rates));
        findings.raw("analytics.processorMicrosPerEvent", new Figure(processor));
    }
}
