package io.labelworth.analytics.law;

import java.util.List;
import org.hipparchus.special.Gamma;

/**
 * Variance of runs by budget: log variance is linear in log budget. Small budgets vary more, since
 * a single image weighs more.
 *
 * @param intercept log variance at one image per class
 * @param slope of log variance over log budget
 */
record VarianceTrend(double intercept, double slope) {

    /** Runs may agree by accident, and log 0 would decide the trend alone. */
    private static final double LEAST_SHARE_OF_COMMON = 0.01;

    private static final double LEAST_VARIANCE = 1e-12;

    /** Least squares, each budget weighted by its degrees of freedom. */
    static VarianceTrend of(List<MeasuredError> measured) {
        double least = Math.max(LEAST_VARIANCE, LEAST_SHARE_OF_COMMON * commonVariance(measured));
        double weights = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (MeasuredError each : measured) {
            double weight = each.runs() - 1;
            double half = weight / 2;
            double logBudget = Math.log(each.imagesPerClass());
            // The log of a sample variance is biased by digamma(d/2) - log(d/2).
            double logVariance =
                    Math.log(Math.max(least, each.variance()))
                            + Math.log(half)
                            - Gamma.digamma(half);
            weights += weight;
            x += weight * logBudget;
            y += weight * logVariance;
            xx += weight * logBudget * logBudget;
            xy += weight * logBudget * logVariance;
        }
        double slope = (weights * xy - x * y) / (weights * xx - x * x);
        return new VarianceTrend((y - slope * x) / weights, slope);
    }

    /** Expected variance at a budget. */
    double at(double imagesPerClass) {
        return Math.exp(intercept + slope * Math.log(imagesPerClass));
    }

    private static double commonVariance(List<MeasuredError> measured) {
        double squares = 0;
        double degrees = 0;
        for (MeasuredError each : measured) {
            squares += each.variance() * (each.runs() - 1);
            degrees += each.runs() - 1;
        }
        return squares / degrees;
    }
}
