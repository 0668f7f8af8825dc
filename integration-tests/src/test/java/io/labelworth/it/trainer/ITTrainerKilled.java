package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.experiment;
import static io.labelworth.it.trainer.TestEvents.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.EventProducer;
import io.labelworth.learning.data.Candidate;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that dies takes no run with it. */
class ITTrainerKilled {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int STEPS = 400;

    @TempDir Path dir;

    private TrainerCluster cluster;

    @BeforeEach
    void ingest() throws Exception {
        cluster = TrainerCluster.start(dir);
        try (EventProducer producer = producer()) {
            for (Candidate image : TinyDataset.candidates(cluster.dataRoot())) {
                producer.sendAndWait(
                        Topics.IMAGE_REFS,
                        Keys.imageRef(TinyDataset.NAME, "real", image.imageId()),
                        ref(image, "real"));
            }
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void everyRunEndsInAResultAlthoughItsTrainerWasKilled() throws Exception {
        // Given
        try (TrainerProcess first = TrainerProcess.start(cluster.environment("first"))) {
            submit(
                    experiment("killed", STEPS)
                            .setBudgets(List.of(new Budget(4, STEPS, null, null)))
                            .setSeeds(List.of(1L, 2L, 3L, 4L))
                            .build());
            await().atMost(PATIENCE).until(() -> isTraining("trainer.first.0"));

            // When
            first.kill();
        }
        try (TrainerProcess second = TrainerProcess.start(cluster.environment("second"))) {
            await().atMost(PATIENCE).until(() -> runsWithResults().size() == 4);

            // Then
            assertThat(cluster.statuses("killed"))
                    .hasSize(4)
                    .extracting(RunStatus::getState)
                    .containsOnly("done");
            assertThat(second.isAlive()).isTrue();
        }
    }

    private boolean isTraining(String worker) {
        return cluster.statuses("killed").stream()
                .anyMatch(s -> s.getState().equals("running") && worker.equals(s.getWorker()));
    }

    private Set<String> runsWithResults() {
        return cluster.results("killed").stream()
                .map(Accuracy::getRunId)
                .collect(Collectors.toSet());
    }

    private void submit(Experiment experiment) {
        try (EventProducer producer = producer()) {
            producer.sendAndWait(Topics.EXPERIMENTS, experiment.getExperimentId(), experiment);
        }
    }

    private EventProducer producer() {
        return EventProducer.idempotent(
                cluster.connection().settings(), cluster.connection().registry(), "test");
    }
}
