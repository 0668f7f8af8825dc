package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.Accuracy;
import java.util.Optional;

/** Whether a final result can be counted. What cannot is dead-lettered, never averaged in. */
public final class ResultCheck {

    private ResultCheck() {}

    /**
     * Why a result cannot be counted.
     *
     * @param key key of its record
     * @return one line; empty when it can be
     */
    public static Optional<String> problem(String key, Accuracy result) {
        if (!result.getRunId().equals(key)) {
            return Optional.of("the record's key is not the run id of its value");
        }
        if (result.getImagesPerClass() < 1) {
            return Optional.of("images per class below 1: " + result.getImagesPerClass());
        }
        if (result.getRegime().equals(Regime.FIXED_SOFT) && result.getCheckpointId() == null) {
            return Optional.of("soft labels without the checkpoint they come from");
        }
        if (result.getTestAccuracy() == null) {
            return Optional.of("a final result without test accuracy");
        }
        if (!isFraction(result.getValidationAccuracy()) || !isFraction(result.getTestAccuracy())) {
            return Optional.of(
                    "accuracies must be from 0 to 1: validation "
                            + result.getValidationAccuracy()
                            + ", test "
                            + result.getTestAccuracy());
        }
        if (!result.getTestAccuracyByClass().stream().allMatch(a -> isFraction(a) || a.isNaN())) {
            return Optional.of("accuracies of classes must be from 0 to 1");
        }
        if (!isCost(result.getStudentCompute())
                || !isCost(result.getImageBytes())
                || !isCost(result.getLabelBytes())
                || !Double.isFinite(result.getLabelEntropy())) {
            return Optional.of("a cost or the label entropy is negative or not a finite number");
        }
        return Optional.empty();
    }

    private static boolean isFraction(double accuracy) {
        return accuracy >= 0 && accuracy <= 1;
    }

    private static boolean isCost(double cost) {
        return Double.isFinite(cost) && cost >= 0;
    }
}
