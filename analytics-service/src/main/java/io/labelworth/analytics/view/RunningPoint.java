package io.labelworth.analytics.view;

/**
 * A point of a learning curve, as browsers are told of it.
 *
 * @param runId id of the run's row in {@code /api/runs}
 * @param step optimiser step
 * @param steps steps the run takes in all
 * @param validationAccuracy accuracy on the validation images, 0 to 1
 * @param trainLoss mean soft cross-entropy in nats since the point before
 */
public record RunningPoint(
        String runId, int step, int steps, double validationAccuracy, double trainLoss) {}
