package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.trainer.TrainerService;
import io.labelworth.trainer.worker.TrainerGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster without share groups a consumer group shares the runs out. */
@SuppressWarnings("try") // A trainer works by being there.
class ITTrainerWithoutShareGroups {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int SHORT = 12;
    private static final int LONG = 2_000;
    private static final int ENDLESS = 10_000_000;

    @TempDir Path dir;

    private TrainerCluster cluster;

    @BeforeEach
    void withoutShareGroups() throws Exception {
        cluster = TrainerCluster.start(dir);
        cluster.ingest();
        cluster.dropShareGroups();
        assertThat(cluster.connection().cluster().hasShareGroups()).isFalse();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void runsAreSharedOutCancelledAndOutliveTheirTrainer() throws Exception {
        // Given, and when a trainer is killed in the middle of a run
        try (TrainerProcess first = TrainerProcess.start(cluster.environment("first"))) {
            cluster.submit(runs("killed", LONG, 1L, 2L, 3L));
            awaitTraining("killed", "trainer.first.0");
            first.kill();
        }
        try (TrainerService second = cluster.trainer("second", 2)) {
            awaitResults("killed", 3);
            cluster.assertOneResultEach("killed", 3);

            // And when an experiment is cancelled
            Experiment endless = runs("endless", ENDLESS, 4L, 5L);
            cluster.submit(endless);
            awaitTraining("endless", "trainer.second.0");
            awaitTraining("endless", "trainer.second.1");
            cluster.cancel(endless);

            // Then
            cluster.submit(runs("after", SHORT, 6L, 7L, 8L, 9L));
            awaitResults("after", 4);
            cluster.assertOneResultEach("after", 4);
            assertThat(cluster.histories("endless").values())
                    .hasSize(2)
                    .allSatisfy(
                            history -> {
                                TrainerCluster.assertOneEnd(history);
                                assertThat(history.get(history.size() - 1).getState())
                                        .isEqualTo("cancelled");
                            });
            assertThat(second.health().up()).isTrue();
        }
        var groups = cluster.connection().cluster();
        assertThat(
                        groups.await(groups.admin().listGroups().all()).stream()
                                .filter(group -> group.groupId().equals(TrainerGroup.NAME)))
                .singleElement()
                .satisfies(group -> assertThat(group.type()).contains(GroupType.CONSUMER));
    }

    private static Experiment runs(String id, int steps, Long... seeds) {
        return experiment(id, steps)
                .setBudgets(List.of(new Budget(4, steps, null, null)))
                .setSeeds(List.of(seeds))
                .build();
    }

    private void awaitTraining(String experimentId, String worker) {
        await().atMost(PATIENCE).until(() -> cluster.isTraining(experimentId, worker));
    }

    private void awaitResults(String experimentId, int count) {
        await().atMost(PATIENCE).until(() -> cluster.results(experimentId).size() >= count);
    }
}
