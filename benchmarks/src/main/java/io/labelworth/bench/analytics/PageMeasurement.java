package io.labelworth.bench.analytics;

import io.labelworth.bench.page.PageReady;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How soon a fresh browser has the overview over ten thousand runs, headline and plot. */
final class PageMeasurement {

    static final String READY = "pageReadyMs";

    private static final int RUNS = 10_000;
    private static final int REPETITIONS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Progress progress;

    PageMeasurement(Workspace workspace, Progress progress) {
        this.workspace = workspace;
        this.progress = progress;
    }

    void run(Findings findings) {
        if (!PageReady.possible()) {
            progress.line(READY + " is not measured: there is no " + PageReady.CHROMIUM);
            return;
        }
        try (AnalyticsSide side =
                AnalyticsSide.holding(workspace, "page", new ResultStream("page", RUNS))) {
            side.start();
            side.await(RUNS);
            List<Double> millis = new ArrayList<>();
            // The first is one of a service that has served no page yet.
            PageReady.millis(side.overview(), PageReady.OVERVIEW, PATIENCE);
            for (int i = 0; i < REPETITIONS; i++) {
                millis.add(PageReady.millis(side.overview(), PageReady.OVERVIEW, PATIENCE));
            }
            Figure figure = new Figure(millis);
            findings.figure(READY, figure);
            progress.line(
                    String.format(
                            Locale.ROOT, "page over %,d runs: %s ms", RUNS, millis.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
