package io.labelworth.learning.training;

import java.util.List;

/**
 * What came out of a student's run.
 *
 * @param last the final point: final and best validation accuracy, each on its own, and compute
 * @param testAccuracy of the final student on the whole test set, 0 to 1
 * @param testAccuracyByClass of the final student on the test images of each class, 0 to 1; NaN for
 *     a class without any
 * @param testImages images of the test set
 * @param deviceFingerprint what the bits of the result depend on beside the spec
 */
public record StudentResult(
        CurvePoint last,
        double testAccuracy,
        List<Double> testAccuracyByClass,
        int testImages,
        String deviceFingerprint) {}
