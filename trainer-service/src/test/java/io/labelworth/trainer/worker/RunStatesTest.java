package io.labelworth.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunStatesTest {

    private final RunStates states = new RunStates(null, "test");

    @ParameterizedTest
    @CsvSource({
        // Waiting after an attempt was cancelled: a record of that attempt may still be handed out.
        "WAITING, 1, true", "WAITING, 0, false",
        "QUEUED, 1, false", "QUEUED, 2, true",
        "RUNNING, 1, false", "FAILED, 1, true",
        "CANCELLED, 1, true", "RETRY, 1, true",
        "DONE, 1, true", "FAILED, 0, false"
    })
    void anAttemptIsOverOnceItHasEndedOrALaterOneIsThere(RunState last, int attempt, boolean over) {
        states.heard("run", status(last, attempt));

        assertThat(states.isOver(first())).isEqualTo(over);
    }

    @Test
    void anAttemptThatNothingWasSaidOfIsToBeDone() {
        assertThat(states.isOver(first())).isFalse();
    }

    private static RunStatus status(RunState state, int attempt) {
        return RunStatus.newBuilder()
                .setRunId("run")
                .setAttemptId("run-" + attempt)
                .setAttempt(attempt)
                .setExperimentId("e")
                .setState(state.wire())
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static TrainingRun first() {
        return TrainingRun.newBuilder()
                .setRunId("run")
                .setConfigurationId("c")
                .setSpec("{}")
                .setAttemptId("run-1")
                .setAttempt(1)
                .setExperimentId("e")
                .setLabellingId(null)
                .setPins(List.of())
                .setPublishedAt(Instant.EPOCH)
                .build();
    }
}
