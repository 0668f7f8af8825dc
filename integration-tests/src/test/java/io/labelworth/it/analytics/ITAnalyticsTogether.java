package io.labelworth.it.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances share the configurations, each answers for both, and when one is killed the other
 * has everything: no run lost, none counted twice, and dashboards that come back miss nothing.
 */
class ITAnalyticsTogether {

    private static final String DATASET = "together";
    private static final int SEEDS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Header that keeps an instance from asking another. */
    private static final String[] ONLY_HERE = {"Labelworth-Forwarded", "1"};

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
    void survivorAnswersForAllAndNothingIsLostOrCountedTwice() throws Exception {
        List<Run> runs = Run.experiment(DATASET, SEEDS, new Random(31));
        Oracle oracle = new Oracle(runs);
        List<Run> first = runs.subList(0, runs.size() / 2);
        List<Run> second = new ArrayList<>(runs.subList(runs.size() / 2, runs.size()));
        // The same results once more, as a trainer that did not hear the first answer sends them.
        second.addAll(first);
        Set<String> known = new HashSet<>();
        first.forEach(run -> known.add(run.configurationId()));

        try (AnalyticsProcess one = instance("one");
                AnalyticsProcess two = instance("two")) {
            Api ofOne = new Api(one.port());
            Api ofTwo = new Api(two.port());
            cluster.send(first);
            // Both have some, and either answers for all: what it lacks it asks of the other.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () ->
                                    keptBy(ofOne, known) > 0
                                            && keptBy(ofTwo, known) > 0
                                            && answeredBy(ofOne, known) == known.size()
                                            && answeredBy(ofTwo, known) == known.size());
            assertThat(keptBy(ofOne, known)).isLessThan(known.size());

            try (LiveClient dashboard = new LiveClient(() -> ofTwo.uri("/api/events"))) {
                await().atMost(PATIENCE).until(() -> dashboard.ready() == 1);
                cluster.send(second.subList(0, second.size() / 2));
                one.kill();
                cluster.send(second.subList(second.size() / 2, second.size()));

                Set<String> all = oracle.configurations().keySet();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .untilAsserted(
                                () -> {
                                    assertThat(answeredBy(ofTwo, all)).isEqualTo(all.size());
                                    for (String id : all) {
                                        configurationIsThatOf(oracle, id, ofTwo, dashboard);
                                    }
                                });
            }
            assertThat(ofTwo.status("/health")).isEqualTo(200);
            assertThat(ofTwo.status("/api/configurations/nobody-trained-this")).isEqualTo(404);
        }
        noRunWasEverCountedTwiceOrTakenBack();
    }

    @Test
    void dashboardComesBackToAnInstanceThatWasKilledAndGetsOnlyWhatItMissed() throws Exception {
        String dataset = "comes-back";
        List<Run> runs = Run.experiment(dataset, 2, new Random(37));
        List<Run> early = runs.subList(0, runs.size() / 2);
        List<Run> late = runs.subList(runs.size() / 2, runs.size());
        Path state = dir.resolve("comes-back-state");
        int port = freePort();
        Api api = new Api(port);

        try (LiveClient dashboard = new LiveClient(() -> api.uri("/api/events"))) {
            try (AnalyticsProcess killed = instance(state, port, "comes-back-killed")) {
                cluster.send(early);
                await().atMost(PATIENCE)
                        .until(() -> early.stream().allMatch(run -> shows(dashboard, run)));
                killed.kill();
            }
            cluster.send(late);
            try (AnalyticsProcess again = instance(state, port, "comes-back-again")) {
                await().atMost(PATIENCE)
                        .until(() -> runs.stream().allMatch(run -> shows(dashboard, run)));

                // Over a connection that breaks while nothing changes, nothing comes again.
                await().atMost(PATIENCE).until(() -> quiet(dashboard));
                int received = dashboard.received();
                int ready = dashboard.ready();
                dashboard.hangUp();
                await().atMost(PATIENCE).until(() -> dashboard.ready() > ready);
                assertThat(dashboard.received()).isEqualTo(received);
                again.stop();
            }
        }
    }

    /** Whether the frontiers and worths, which follow the summaries, have come to rest. */
    private static boolean quiet(LiveClient dashboard) throws InterruptedException {
        int before = dashboard.received();
        Thread.sleep(3_000);
        return dashboard.received() == before;
    }

    private static boolean shows(LiveClient dashboard, Run run) {
        JsonNode summary = dashboard.latest(Topics.ACCURACY_SUMMARY.name(), run.configurationId());
        return summary != null && summary.get("runIds").toString().contains(run.runId() + "\"");
    }

    private static void configurationIsThatOf(
            Oracle oracle, String id, Api api, LiveClient dashboard)
            throws IOException, InterruptedException {
        int runs = oracle.configurations().get(id).size();
        JsonNode asked = api.json("/api/configurations/" + id);
        assertThat(asked.get("runs").size()).as(id).isEqualTo(runs);
        for (JsonNode summary :
                List.of(
                        asked.get("summary"),
                        dashboard.latest(Topics.ACCURACY_SUMMARY.name(), id))) {
            assertThat(summary.at("/test/n").asInt()).as(id).isEqualTo(runs);
            assertThat(summary.at("/test/mean").asDouble())
                    .isCloseTo(oracle.test(id), within(1e-9));
        }
    }

    /** Configurations that an instance answers for without asking the other. */
    private static long keptBy(Api api, Set<String> ids) throws InterruptedException {
        long kept = 0;
        for (String id : ids) {
            kept += api.status("/api/configurations/" + id, ONLY_HERE) == 200 ? 1 : 0;
        }
        return kept;
    }

    private static int answeredBy(Api api, Set<String> ids) throws InterruptedException {
        int answered = 0;
        for (String id : ids) {
            answered += api.status("/api/configurations/" + id) == 200 ? 1 : 0;
        }
        return answered;
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

    private static AnalyticsProcess instance(String name) throws IOException {
        return instance(dir.resolve(name + "-state"), freePort(), name);
    }

    private static AnalyticsProcess instance(Path state, int port, String name) {
        return new AnalyticsProcess(cluster.settings, state, dir.resolve(name + ".log"), port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
