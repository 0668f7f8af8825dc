package io.labelworth.standalone.status;

import io.labelworth.schemas.event.RunStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * A run in training.
 *
 * @param worker who trains it
 * @param runId the run
 * @param step optimiser steps taken
 * @param steps optimiser steps to take; 0 while it waits for its labels
 * @param secondsSilent seconds since its last heartbeat, by this machine's clock
 */
public record RunningLine(String worker, String runId, int step, int steps, long secondsSilent) {

    static RunningLine of(RunStatus status, Instant now) {
        return new RunningLine(
                String.valueOf(status.getWorker()),
                status.getRunId(),
                status.getStep(),
                status.getSteps(),
                Math.max(0, Duration.between(status.getUpdatedAt(), now).toSeconds()));
    }
}
