package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.Interval;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/** Mean, sample standard deviation, and the 95% Student t interval of the mean. */
final class Statistics {

    private static final double UPPER_TAIL = 0.975;
    private static final int TABULATED_DEGREES = 50;

    /** Quantiles by degrees of freedom: solving for one costs more than all the rest here. */
    private static final double[] QUANTILES =
            IntStream.rangeClosed(1, TABULATED_DEGREES)
                    .mapToDouble(Statistics::solveQuantile)
                    .toArray();

    private Statistics() {}

    /**
     * The interval of some values. Sums run in the order given, so a caller that wants equal sets
     * to give equal bits sorts them first.
     *
     * @param values at least one finite value
     */
    static Interval interval(double[] values) {
        int n = values.length;
        double mean = mean(values);
        if (n < 2) {
            return new Interval(n, mean, null, null);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double std = Math.sqrt(squares / (n - 1));
        return new Interval(n, mean, std, quantile(n - 1) * std / Math.sqrt(n));
    }

    /** Mean of at least one value, summed in the order given. */
    static double mean(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("the mean of no values");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** What Student's t is below with probability 0.975. */
    static double quantile(int degreesOfFreedom) {
        return degreesOfFreedom <= TABULATED_DEGREES
                ? QUANTILES[degreesOfFreedom - 1]
                : solveQuantile(degreesOfFreedom);
    }

    private static double solveQuantile(int degreesOfFreedom) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability(UPPER_TAIL);
    }
}
