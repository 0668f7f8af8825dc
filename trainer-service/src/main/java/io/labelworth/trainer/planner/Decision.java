package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;

/** One thing the planner wants written. */
sealed interface Decision {

    /**
     * Publish an attempt of a run.
     *
     * @param run the attempt
     */
    record Publish(TrainingRun run) implements Decision {}

    /**
     * Declare a run failed.
     *
     * @param status its last status
     */
    record Fail(RunStatus status) implements Decision {}
}
