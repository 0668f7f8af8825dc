package io.labelworth.bench.analytics;

import io.labelworth.bench.analytics.AnalyticsSide.Moment;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Processor time of the service while fifty dashboards are open and results come at a steady rate,
 * in cores; and with none open, so that it shows what they add.
 */
final class FiftyDashboards {

    static final String CORES = "dashboards50Cores";

    private static final int OPEN = 50;

    private final Workspace workspace;
    private final int seconds;
    private final Progress progress;

    /**
     * @param seconds for how long results come
     */
    FiftyDashboards(Workspace workspace, int seconds, Progress progress) {
        this.workspace = workspace;
        this.seconds = seconds;
        this.progress = progress;
    }

    void run(Findings findings) throws InterruptedException {
        SteadyResults warmUp = new SteadyResults("warm-up", seconds);
        SteadyResults alone = new SteadyResults("alone", seconds);
        SteadyResults watched = new SteadyResults("watched", seconds);
        double without;
        double with;
        try (AnalyticsSide side = AnalyticsSide.holding(workspace, "fifty-dashboards")) {
            side.start();
            warmUp.send(side.kafka());
            Moment before = side.await(warmUp.size());
            without = cores(side, alone, before);
            HttpClient http = HttpClient.newHttpClient();
            List<Dashboard> open = new ArrayList<>();
            for (int i = 0; i < OPEN; i++) {
                open.add(new Dashboard(http, side.events(), null));
            }
            for (Dashboard dashboard : open) {
                dashboard.awaitReady();
            }
            with = cores(side, watched, side.await(before.counted() + alone.size()));
            open.forEach(Dashboard::close);
        }
        findings.figure(CORES, Figure.once(with));
        findings.raw("analytics.noDashboardCores", Figure.once(without));
        progress.line(
                String.format(
                        Locale.ROOT,
                        "%d dashboards, %d/s: %.2f cores; none: %.2f cores",
                        OPEN,
                        SteadyResults.PER_SECOND,
                        with,
                        without));
    }

    private static double cores(AnalyticsSide side, SteadyResults results, Moment before) {
        results.send(side.kafka());
        Moment after = side.await(before.counted() + results.size());
        return (after.processorSeconds() - before.processorSeconds())
                / (after.seconds() - before.seconds());
    }
}
