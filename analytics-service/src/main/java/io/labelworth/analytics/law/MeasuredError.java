package io.labelworth.analytics.law;

/**
 * What the runs of one budget came to.
 *
 * @param imagesPerClass budget, above 0
 * @param error mean of 1 - accuracy, 0 to 1
 * @param std sample standard deviation of it over the runs, 0 or more
 * @param runs at least 2
 */
public record MeasuredError(double imagesPerClass, double error, double std, int runs) {

    /** Checks the ranges. */
    public MeasuredError {
        if (!(imagesPerClass > 0) || !(error >= 0 && error <= 1) || !(std >= 0) || runs < 2) {
            throw new IllegalArgumentException(
                    "a measured error needs a budget above 0, an error from 0 to 1, and two runs");
        }
    }

    double variance() {
        return std * std;
    }
}
