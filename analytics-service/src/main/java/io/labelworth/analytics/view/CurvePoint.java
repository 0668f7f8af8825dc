package io.labelworth.analytics.view;

/**
 * A point of a learning curve.
 *
 * @param step optimiser step
 * @param validationAccuracy accuracy on the validation images, 0 to 1
 * @param trainLoss mean soft cross-entropy in nats since the point before
 */
public record CurvePoint(int step, double validationAccuracy, double trainLoss) {}
