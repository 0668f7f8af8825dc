package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.TrainerService;
import io.labelworth.trainer.planner.Planner;
import io.labelworth.trainer.planner.PlannerSettings;
import io.labelworth.trainer.worker.TrainerGroup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which runs are handed out, in what order, how often, and which are not any more. */
@ExtendWith(SharedTrainers.class)
@SuppressWarnings("try") // A trainer works by being there.
class ITTrainerShares {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String DELIVERIES = "share.delivery.count.limit";
    private static final int SHORT = 12;
    private static final int LONG = 1_000;
    private static final int ENDLESS = 10_000_000;

    @TempDir Path elsewhere;

    private final TrainerCluster cluster;

    ITTrainerShares(TrainerCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void theUsualDeliveries() {
        deliveries(AlterConfigOp.OpType.DELETE, "");
    }

    @Test
    void smallBudgetsGoFirstAlsoBeforeLargeOnesThatWereAskedForEarlier() throws Exception {
        // Given: two of the large budget are ahead, the others wait
        try (TrainerService trainer = cluster.trainer("sorter", 1)) {
            cluster.submit(one("large", 4, LONG, 1L, 2L, 3L, 4L, 5L));
            awaitTraining("large", "trainer.sorter.0");

            // When
            cluster.submit(one("small", 1, SHORT, 1L, 2L, 3L));

            // Then
            awaitResults("large", 5);
            awaitResults("small", 3);
        }
        List<Instant> small = publications("small");
        assertThat(publications("large"))
                .as("published after the first small one and before the last")
                .noneMatch(at -> at.isAfter(small.get(0)) && at.isBefore(small.get(2)));
        cluster.assertOneResultEach("large", 5);
    }

    @Test
    void whatIsCancelledStopsOnceAndRunsAgainWhenItIsWantedAgain() throws Exception {
        Experiment experiment = one("cancelled", 4, ENDLESS, 6L, 7L, 8L);
        Experiment again = one("wanted-again", 4, ENDLESS, 6L);
        try (TrainerService trainer = cluster.trainer("cancelling", 1)) {
            // Given: one runs, one or more wait
            cluster.submit(experiment);
            awaitTraining("cancelled", "trainer.cancelling.0");
            await().atMost(PATIENCE).until(() -> cluster.published("cancelled").size() >= 2);

            // When
            cluster.cancel(experiment);

            // Then: the worker is soon free, and each run ends once, without a result
            cluster.submit(one("instead", 4, SHORT, 6L));
            await().atMost(SOON).until(() -> cluster.results("instead").size() == 1);
            int published = cluster.published("cancelled").size();
            await().atMost(SOON).until(() -> ended("cancelled", "cancelled") == published);
            var histories = cluster.histories("cancelled").values();
            assertThat(histories)
                    .allSatisfy(TrainerCluster::assertOneEnd)
                    .allSatisfy(
                            history ->
                                    assertThat(history)
                                            .filteredOn(s -> s.getState().equals("cancelled"))
                                            .hasSize(1));
            assertThat(cluster.results("cancelled")).isEmpty();

            // And it runs again, as another attempt, when it is wanted again
            cluster.submit(again);
            awaitTraining("wanted-again", "trainer.cancelling.0");
            assertThat(cluster.published("wanted-again"))
                    .extracting(TrainingRun::getAttempt)
                    .containsExactly(2);
            cluster.cancel(again);
            await().atMost(SOON).until(() -> ended("wanted-again", "cancelled") == 1);
        } finally {
            cluster.cancel(experiment);
            cluster.cancel(again);
        }
    }

    @Test
    void aRunThatAnotherExperimentWantsGoesOn() throws Exception {
        try (TrainerService trainer = cluster.trainer("sharing", 1)) {
            // Given
            Experiment first = one("first", 4, LONG + 1, 9L);
            cluster.submit(first);
            cluster.submit(one("second", 4, LONG + 1, 9L));
            awaitTraining("first", "trainer.sharing.0");

            // When
            cluster.cancel(first);

            // Then
            awaitResults("first", 1);
            cluster.assertOneResultEach("first", 1);
            assertThat(cluster.published("first")).hasSize(1);
        }
    }

    @Test
    void aRunInterruptedAsOftenAsItIsHandedOutFailsWithItsReasonAndCanBeAskedForAgain()
            throws Exception {
        // Given a trainer that does not have the dataset
        deliveries(AlterConfigOp.OpType.SET, "2");
        try (TrainerService lacking = cluster.trainer("lacking", 1, elsewhere)) {
            cluster.submit(one("limit", 4, SHORT, 10L));

            // When
            await().atMost(PATIENCE).until(() -> ended("limit", "failed") == 1);
        }

        // Then
        RunStatus failed = cluster.statuses("limit").get(0);
        assertThat(failed.getReason()).contains("interrupted 2 times", "is missing");
        cluster.histories("limit").values().forEach(TrainerCluster::assertOneEnd);

        // And asked for once more, it is run by who has it
        cluster.say(RunStatus.newBuilder(failed).setState("retry").build());
        try (TrainerService having = cluster.trainer("having", 1)) {
            awaitResults("limit", 1);
            cluster.assertOneResultEach("limit", 1);
        }
    }

    @Test
    void aRunThatTheGroupDroppedSilentlyIsPublishedAgain() throws Exception {
        // Given a planner, and a worker that gives the run back until the group drops it
        deliveries(AlterConfigOp.OpType.SET, "2");
        Planner planner =
                new Planner(
                        cluster.connection(),
                        PlannerSettings.forWorkers(1),
                        TinyDataset.datasets(cluster.dataRoot())::info,
                        Clock.systemUTC(),
                        "lonely");
        try (ServiceLoop planning = new ServiceLoop("planner", planner)) {
            planning.start();
            TrainerGroup.on(cluster.connection());
            // The cluster is shared, and a run is its spec: a seed that no other test has.
            cluster.submit(one("dropped", 4, SHORT, 52L));
            await().atMost(PATIENCE).until(() -> cluster.published("dropped").size() == 1);
            giveBackTwice();

            // When
            await().atMost(PATIENCE).until(() -> cluster.published("dropped").size() == 2);
        }

        // Then
        try (TrainerService trainer = cluster.trainer("second-hand", 1)) {
            awaitResults("dropped", 1);
        }
        cluster.assertOneResultEach("dropped", 1);
        assertThat(cluster.results("dropped")).extracting(Accuracy::getAttempt).containsExactly(2);
    }

    private void giveBackTwice() {
        try (ShareConsumer<String, Decoded<TrainingRun>> consumer =
                cluster.connection()
                        .consumers()
                        .shared(Topics.TRAINING_RUNS, TrainerGroup.NAME, "fickle")) {
            consumer.subscribe(List.of(Topics.TRAINING_RUNS.name()));
            int given = 0;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (given < 2 && System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    boolean wanted = record.value().value().getExperimentId().equals("dropped");
                    consumer.acknowledge(
                            record, wanted ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
                    consumer.commitSync();
                    given += wanted ? 1 : 0;
                }
            }
            assertThat(given).isEqualTo(2);
        }
    }

    private void deliveries(AlterConfigOp.OpType how, String limit) {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, TrainerGroup.NAME);
        Collection<AlterConfigOp> change =
                List.of(new AlterConfigOp(new ConfigEntry(DELIVERIES, limit), how));
        var cluster = this.cluster.connection().cluster();
        cluster.await(cluster.admin().incrementalAlterConfigs(Map.of(group, change)).all());
    }

    private static Experiment one(String id, int imagesPerClass, int steps, Long... seeds) {
        return experiment(id, steps)
                .setBudgets(List.of(new Budget(imagesPerClass, steps, null, null)))
                .setSeeds(List.of(seeds))
                .build();
    }

    private List<Instant> publications(String experimentId) {
        return cluster.published(experimentId).stream()
                .map(TrainingRun::getPublishedAt)
                .sorted()
                .toList();
    }

    private long ended(String experimentId, String state) {
        return cluster.statuses(experimentId).stream()
                .filter(status -> status.getState().equals(state))
                .count();
    }

    private void awaitTraining(String experimentId, String worker) {
        await().atMost(PATIENCE).until(() -> cluster.isTraining(experimentId, worker));
    }

    private void awaitResults(String experimentId, int count) {
        await().atMost(PATIENCE).until(() -> cluster.results(experimentId).size() >= count);
    }
}
