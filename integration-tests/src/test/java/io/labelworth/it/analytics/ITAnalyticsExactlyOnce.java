package io.labelworth.it.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every run is counted once, whatever is sent twice and whoever is killed, and the answers are
 * those of the plainest computation over the runs.
 */
class ITAnalyticsExactlyOnce {

    private static final String DATASET = "fashion-mnist";
    private static final int SEEDS = 19;

    @Test
    void killedAnalyticsCountsEveryRunOnce(@TempDir Path dir) throws Exception {
        Random random = new Random(23);
        List<Run> runs = Run.experiment(DATASET, SEEDS, random);
        List<Run> sent = new ArrayList<>(runs);
        sent.addAll(runs);
        Collections.shuffle(sent, random);
        List<Run> before = sent.subList(0, sent.size() / 2);
        List<Run> after = sent.subList(sent.size() / 2, sent.size());

        try (AnalyticsCluster cluster = new AnalyticsCluster(dir.resolve("cluster"))) {
            Path state = dir.resolve("state");
            try (AnalyticsProcess victim =
                    new AnalyticsProcess(cluster.settings, state, dir.resolve("victim.log"))) {
                cluster.send(before);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !cluster.latest(Topics.ACCURACY_SUMMARY, DATASET).isEmpty());
                victim.kill();
            }
            cluster.send(after);
            try (AnalyticsProcess survivor =
                    new AnalyticsProcess(cluster.settings, state, dir.resolve("survivor.log"))) {
                Oracle oracle = new Oracle(runs);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .untilAsserted(() -> summariesAreThoseOf(oracle, cluster));
                await().atMost(Duration.ofSeconds(15))
                        .untilAsserted(
                                () -> {
                                    frontiersAreThoseOf(oracle, cluster);
                                    worthsAreThoseOf(oracle, cluster);
                                });
                assertThat(survivor.stop()).isIn(0, 143);
            }
            noRunWasEverCountedTwiceOrTakenBack(cluster);
        }
    }

    private static void summariesAreThoseOf(Oracle oracle, AnalyticsCluster cluster) {
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

    private static void frontiersAreThoseOf(Oracle oracle, AnalyticsCluster cluster) {
        Map<String, ParetoFrontier> frontiers = cluster.latest(Topics.PARETO_FRONTIER, DATASET);
        for (String regime : List.of("hard", "fixed-soft")) {
            ParetoFrontier frontier =
                    frontiers.get(
                            DATASET + "@v1/real/convnet[depth=3,width=32]/" + regime + "/bytes");
            assertThat(frontier.getPoints())
                    .extracting(FrontierPoint::getConfigurationId)
                    .containsExactlyInAnyOrderElementsOf(oracle.frontierByBytes(regime));
        }
    }

    private static void worthsAreThoseOf(Oracle oracle, AnalyticsCluster cluster) {
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

    private static void noRunWasEverCountedTwiceOrTakenBack(AnalyticsCluster cluster) {
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
