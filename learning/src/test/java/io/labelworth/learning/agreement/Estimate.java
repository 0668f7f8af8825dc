package io.labelworth.learning.agreement;

import java.util.Locale;

/**
 * A mean with its standard error and its 95% interval.
 *
 * @param mean of the values
 * @param standardError of the mean
 * @param halfWidth of the 95% interval, by Student's t
 * @param count values
 */
record Estimate(double mean, double standardError, double halfWidth, int count) {

    /** 97.5% points of Student's t for 1 to 30 degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.96;

    /** Of two values or more. */
    static Estimate of(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        int freedom = values.length - 1;
        double t = freedom <= T.length ? T[freedom - 1] : NORMAL;
        return new Estimate(mean, error, t * error, values.length);
    }

    /** Of the differences, place by place: what both have in common goes out. */
    static Estimate paired(double[] values, double[] others) {
        double[] differences = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            differences[i] = values[i] - others[i];
        }
        return of(differences);
    }

    /** In percentage points. */
    String percent() {
        return String.format(Locale.ROOT, "%+.2f +- %.2f", 100 * mean, 100 * halfWidth);
    }
}
