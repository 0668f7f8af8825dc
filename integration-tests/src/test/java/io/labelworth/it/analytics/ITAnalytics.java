package io.labelworth.it.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.labelworth.analytics.AnalyticsService;
import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every run is counted once, whatever is sent twice and whoever is killed, and the answers are
 * those of the plainest computation over the runs.
 */
class ITAnalytics {

    private static final String DATASET = "fashion-mnist";
    private static final int SEEDS = 19;

    @TempDir private static Path dir;
    private static AnalyticsCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = new AnalyticsCluster(dir.resolve("cluster"));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void killedAnalyticsCountsEveryRunOnce() throws Exception {
        Random random = new Random(23);
        List<Run> runs = Run.experiment(DATASET, SEEDS, random);
        List<Run> sent = new ArrayList<>(runs);
        sent.addAll(runs);
        Collections.shuffle(sent, random);
        Path state = dir.resolve("killed-state");

        try (AnalyticsProcess victim =
                new AnalyticsProcess(cluster.settings, state, dir.resolve("victim.log"))) {
            cluster.send(sent.subList(0, sent.size() / 2));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !cluster.latest(Topics.ACCURACY_SUMMARY, DATASET).isEmpty());
            victim.kill();
        }
        cluster.send(sent.subList(sent.size() / 2, sent.size()));
        try (AnalyticsProcess survivor =
                new AnalyticsProcess(cluster.settings, state, dir.resolve("survivor.log"))) {
            Oracle oracle = new Oracle(runs);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () -> {
                                summariesAreThoseOf(oracle);
                                frontiersAreThoseOf(oracle);
                                worthsAreThoseOf(oracle);
                            });
            survivor.stop();
        }
        noRunWasEverCountedTwiceOrTakenBack();
    }

    @Test
    void unreadableEventIsDeadLetteredAndThePageShowsTheRest() throws Exception {
        String dataset = "pages";
        long offset = cluster.sendUnreadable(Topics.ACCURACY);
        cluster.send(Run.experiment(dataset, 2, new Random(29)));

        try (Metrics metrics = new Metrics();
                AnalyticsService service =
                        new AnalyticsService(
                                cluster.settings,
                                cluster.registry,
                                new AnalyticsSettings(
                                        dir.resolve("pages-state"),
                                        dir,
                                        HttpAddress.loopback(0),
                                        null),
                                metrics,
                                config -> {})) {
            service.start();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(itemsOf(service, "/api/label-worth", dataset))
                                            .isEqualTo(4));
            assertThat(itemsOf(service, "/api/summaries", dataset)).isEqualTo(16);
            assertThat(itemsOf(service, "/api/frontiers", dataset)).isEqualTo(6);
            assertThat(get(service, "/health").statusCode()).isEqualTo(200);
            assertThat(cluster.latest(Topics.DEAD_LETTERS, "accuracy").values())
                    .singleElement()
                    .returns(offset, DeadLetter::getOffset)
                    .returns("unreadable-event", DeadLetter::getKind);
        }
    }

    private static int itemsOf(AnalyticsService service, String path, String dataset)
            throws Exception {
        return get(service, path).body().split("\"dataset\":\"" + dataset + "\"", -1).length - 1;
    }

    private static HttpResponse<String> get(AnalyticsService service, String path)
            throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void summariesAreThoseOf(Oracle oracle) {
        Map<String, AccuracySummary> summaries = cluster.latest(Topics.ACCURACY_SUMMARY, DATASET);
        assertThat(summaries).hasSameSizeAs(oracle.configurations());
        oracle.configurations()
                .forEach(
                        (id, runs) -> {
                            AccuracySummary summary = summaries.get(id);
                            assertThat(summary.getRunIds())
                                    .containsExactlyInAnyOrderElementsOf(
                                            runs.stream().map(Run::runId).toList());
                            assertThat(summary.getValidation().getMean())
                                    .isCloseTo(oracle.validation(id), within(1e-9));
                            assertThat(summary.getTest().getMean())
                                    .isCloseTo(oracle.test(id), within(1e-9));
                        });
    }

    private static void frontiersAreThoseOf(Oracle oracle) {
        Map<String, ParetoFrontier> frontiers = cluster.latest(Topics.PARETO_FRONTIER, DATASET);
        for (String regime : List.of("hard", "fixed-soft")) {
            ParetoFrontier frontier =
                    frontiers.get(
                            DATASET
                                    + "@v1/real/convnet[depth=3,width=32]/sgd/"
                                    + regime
                                    + "/bytes");
            assertThat(frontier).isNotNull();
            assertThat(frontier.getPoints())
                    .extracting(FrontierPoint::getConfigurationId)
                    .containsExactlyInAnyOrderElementsOf(oracle.frontierByBytes(regime));
        }
    }

    private static void worthsAreThoseOf(Oracle oracle) {
        Map<String, LabelWorth> worths = cluster.latest(Topics.LABEL_WORTH, DATASET);
        assertThat(worths).hasSize(4);
        for (LabelWorth worth : worths.values()) {
            String best = oracle.bestSoft(worth.getImagesPerClass());
            double hard = oracle.hardImagesPerClass(oracle.test(best));
            assertThat(worth.getConfigurationId()).isEqualTo(best);
            if (Double.isNaN(hard)) {
                assertThat(worth.getWorth()).isNull();
                assertThat(worth.getMessage()).contains("do not reach");
            } else {
                assertThat(worth.getWorth())
                        .isCloseTo(hard / worth.getImagesPerClass(), within(1e-6));
                assertThat(worth.getWorthLow()).isLessThanOrEqualTo(worth.getWorth());
            }
        }
    }

    private static void noRunWasEverCountedTwiceOrTakenBack() {
        Map<String, Integer> counted = new HashMap<>();
        for (AccuracySummary summary : cluster.committed(Topics.ACCURACY_SUMMARY, DATASET)) {
            int runs = summary.getValidation().getN();
            assertThat(summary.getRunIds()).doesNotHaveDuplicates().hasSize(runs);
            assertThat(runs)
                    .as("runs of %s", summary.getConfigurationId())
                    .isBetween(counted.getOrDefault(summary.getConfigurationId(), 0), SEEDS);
            counted.put(summary.getConfigurationId(), runs);
        }
    }
}
