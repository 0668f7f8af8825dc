package io.labelworth.learning.training;

/**
 * A point of a student's learning curve.
 *
 * @param step optimiser steps taken
 * @param imagesSeen images trained on so far, repetitions counted
 * @param studentCompute multiply-accumulates so far: one forward pass of an image x images seen x 3
 * @param trainLoss mean soft cross-entropy in nats since the last point
 * @param validationAccuracy 0 to 1
 * @param validationImages images evaluated
 * @param bestValidationAccuracy highest so far, this point included
 * @param bestStep step of the highest; the first of equals
 * @param trainSeconds wall-clock seconds of training so far, evaluation excluded
 */
public record CurvePoint(
        int step,
        long imagesSeen,
        double studentCompute,
        double trainLoss,
        double validationAccuracy,
        int validationImages,
        double bestValidationAccuracy,
        int bestStep,
        double trainSeconds) {}
