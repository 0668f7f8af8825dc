package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.trainer.TrainerService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to the runs of trainers that die or freeze, and when the broker dies. */
@ExtendWith(SharedTrainers.class)
@SuppressWarnings("try") // A trainer works by being there.
class ITTrainerKilled {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int SHORT = 12;

    /** Some seconds, so that what is done to a trainer finds it in the middle of a run. */
    private static final int LONG = 2_000;

    private static final int ENDLESS = 10_000_000;

    private final TrainerCluster cluster;

    ITTrainerKilled(TrainerCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void everyRunEndsInOneResultAlthoughItsTrainerWasKilled() throws Exception {
        // Given
        try (TrainerProcess first = process("killed")) {
            submit("killed", LONG, 1L, 2L, 3L);
            awaitTraining("killed", "trainer.killed.0");

            // When
            first.kill();
        }
        try (TrainerProcess second = process("successor")) {
            awaitResults("killed", 3);

            // Then
            cluster.assertOneResultEach("killed", 3);
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void aFrozenTrainerThatWakesAfterAnotherTookOverSaysNothingMoreAndGoesOn() throws Exception {
        try (TrainerProcess frozen = process("frozen")) {
            // Given a trainer that froze for longer than its lock and its session last
            submit("frozen", LONG, 11L, 12L);
            awaitTraining("frozen", "trainer.frozen.0");
            frozen.freeze();
            try (TrainerService other = cluster.trainer("other", 1)) {
                awaitResults("frozen", 2);

                // When
                frozen.wake();
                submit("beside", SHORT, 11L, 12L, 13L, 14L);
                awaitResults("beside", 4);
            }

            // Then
            submit("after", SHORT, 15L, 16L);
            awaitResults("after", 2);
            assertThat(cluster.statuses("after"))
                    .extracting(RunStatus::getWorker)
                    .containsOnly("trainer.frozen.0");
            cluster.assertOneResultEach("frozen", 2);
            cluster.assertOneResultEach("beside", 4);
            cluster.assertOneResultEach("after", 2);
        }
    }

    @Test
    void everyRunEndsInOneResultAlthoughTheBrokerWasKilled() throws Exception {
        try (TrainerService trainer = cluster.trainer("survivor", 2)) {
            // Given
            submit("broker", LONG, 21L, 22L, 23L, 24L);
            awaitTraining("broker", "trainer.survivor.0");

            // When
            cluster.killBroker();
            await().atMost(PATIENCE).until(cluster::serves);

            // Then
            awaitResults("broker", 4);
            cluster.assertOneResultEach("broker", 4);
            assertThat(trainer.health().up()).isTrue();
        }
    }

    @Test
    void aRunThatSilencesThreeWorkersFailsWithItsReasonAndTheOthersGoOn() throws Exception {
        // Given
        submit("poison", ENDLESS, 31L);

        // When
        for (int death = 1; death <= 3; death++) {
            String instance = "victim-" + death;
            try (TrainerProcess victim = process(instance)) {
                awaitTraining("poison", "trainer." + instance + ".0");
                victim.kill();
            }
        }

        // Then
        submit("beside-poison", SHORT, 32L);
        try (TrainerService trainer = cluster.trainer("last", 1)) {
            awaitResults("beside-poison", 1);
            await().atMost(PATIENCE).until(() -> lastOf("poison").getState().equals("failed"));
            assertThat(lastOf("poison").getReason())
                    .contains("3 workers fell silent", "trainer.victim-3.0");
            assertThat(lastOf("poison").getWorker()).isEqualTo("trainer.last.0");
            assertThat(trainer.health().up()).isTrue();
        }
    }

    private TrainerProcess process(String instance) throws IOException {
        return TrainerProcess.start(cluster.environment(instance));
    }

    private void submit(String id, int steps, Long... seeds) {
        cluster.submit(
                experiment(id, steps)
                        .setBudgets(List.of(new Budget(4, steps, null, null)))
                        .setSeeds(List.of(seeds))
                        .build());
    }

    private void awaitTraining(String experimentId, String worker) {
        await().atMost(PATIENCE).until(() -> cluster.isTraining(experimentId, worker));
    }

    private void awaitResults(String experimentId, int count) {
        await().atMost(PATIENCE).until(() -> cluster.results(experimentId).size() >= count);
    }

    private RunStatus lastOf(String experimentId) {
        return cluster.statuses(experimentId).get(0);
    }
}
