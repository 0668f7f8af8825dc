package io.labelworth.bench.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long it takes from a result on the topic to a browser that has a summary with it, while
 * results come at a steady rate.
 */
final class EventToBrowser {

    static final String P99 = "eventToBrowserMs.p99";

    private final Workspace workspace;
    private final int seconds;
    private final Progress progress;

    /**
     * @param seconds for how long results come
     */
    EventToBrowser(Workspace workspace, int seconds, Progress progress) {
        this.workspace = workspace;
        this.seconds = seconds;
        this.progress = progress;
    }

    void run(Findings findings) throws InterruptedException {
        // JITs and caches are warm in a service that people keep open.
        SteadyResults warmUp = new SteadyResults("warm-up", seconds);
        SteadyResults measured = new SteadyResults("measured", seconds);
        Map<String, Double> millis = new ConcurrentHashMap<>();
        try (AnalyticsSide side = AnalyticsSide.holding(workspace, "event-to-browser")) {
            side.start();
            HttpClient http = HttpClient.newHttpClient();
            try (Dashboard dashboard =
                    new Dashboard(http, side.events(), s -> arrived(s, measured, millis))) {
                dashboard.awaitReady();
                warmUp.send(side.kafka());
                side.await(warmUp.size());
                measured.send(side.kafka());
                side.await((long) warmUp.size() + measured.size());
                while (millis.size() < measured.size()) {
                    Thread.sleep(100);
                    side.requireAlive();
                }
            }
        }
        double[] sorted = sorted(millis.values());
        findings.figure(P99, Figure.once(quantile(sorted, 0.99)));
        findings.raw("analytics.eventToBrowserMs.p50", Figure.once(quantile(sorted, 0.5)));
        findings.raw("analytics.eventToBrowserMs.max", Figure.once(sorted[sorted.length - 1]));
        progress.line(
                String.format(
                        Locale.ROOT,
                        "event to browser, %d/s: median %.0f ms, 99%% within %.0f ms",
                        SteadyResults.PER_SECOND,
                        quantile(sorted, 0.5),
                        quantile(sorted, 0.99)));
    }

    private static void arrived(
            JsonNode summary, SteadyResults measured, Map<String, Double> millis) {
        long now = System.nanoTime();
        for (JsonNode run : summary.get("runIds")) {
            Long sent = measured.sentAt(run.asText());
            if (sent != null) {
                millis.putIfAbsent(run.asText(), (now - sent) / 1e6);
            }
        }
    }

    private static double[] sorted(Collection<Double> values) {
        return List.copyOf(values).stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** The smallest value that so large a part of them does not exceed. */
    private static double quantile(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
