package io.labelworth.analytics.law;

import java.util.List;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/**
 * Weighted least squares of {@link Law}, weights 1 / standard error squared. For a given exponent
 * the law is linear in floor and a, so those are solved for (variable projection, Golub and Pereyra
 * 1973) and only the exponent is searched: on a grid, since the sum may have several minima, then
 * by Brent's method. The same points give the same bits.
 */
final class LawFit {

    /** What the fit may do with the floor. */
    enum Floor {
        /** A plain power law. */
        NONE,
        /** 0 or more, as an error is. */
        FROM_ZERO,
        /**
         * Also below 0, where the points say so: a bootstrap that stops at 0 is one-sided when the
         * true floor is 0, and its intervals are too short.
         */
        FREE
    }

    /** Exponents searched; errors of trained networks fall with 0.05 to 2 in the literature. */
    static final double SMALLEST_EXPONENT = 0.01;

    static final double LARGEST_EXPONENT = 5;

    private static final int GRID = 48;
    private static final double RELATIVE_TOLERANCE = 1e-8;
    private static final double ABSOLUTE_TOLERANCE = 1e-10;
    private static final int MOST_EVALUATIONS = 200;

    private final double[] logBudget;
    private final double[] error;
    private final double[] weight;
    private final Floor floor;

    private LawFit(List<ErrorPoint> points, Floor floor) {
        this.floor = floor;
        logBudget =
                points.stream().mapToDouble(point -> Math.log(point.imagesPerClass())).toArray();
        error = points.stream().mapToDouble(ErrorPoint::error).toArray();
        weight =
                points.stream()
                        .mapToDouble(point -> 1 / (point.standardError() * point.standardError()))
                        .toArray();
    }

    /**
     * The law nearest to the points.
     *
     * @param points of at least as many budgets as the law has parameters
     */
    static Law of(List<ErrorPoint> points, Floor floor) {
        return new LawFit(points, floor).fit();
    }

    private Law fit() {
        double low = Math.log(SMALLEST_EXPONENT);
        double step = (Math.log(LARGEST_EXPONENT) - low) / (GRID - 1);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < GRID; i++) {
            double sum = squares(given(Math.exp(low + i * step)));
            if (sum < least) {
                least = sum;
                best = i;
            }
        }
        UnivariateFunction sum = logExponent -> squares(given(Math.exp(logExponent)));
        double found =
                new BrentOptimizer(RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE)
                        .optimize(
                                new MaxEval(MOST_EVALUATIONS),
                                new UnivariateObjectiveFunction(sum),
                                GoalType.MINIMIZE,
                                new SearchInterval(
                                        low + Math.max(0, best - 1) * step,
                                        low + Math.min(GRID - 1, best + 1) * step,
                                        low + best * step))
                        .getPoint();
        return given(Math.exp(found));
    }

    /** The best law of an exponent; a is never negative. */
    private Law given(double exponent) {
        double weights = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < error.length; i++) {
            double power = Math.exp(-exponent * logBudget[i]);
            weights += weight[i];
            x += weight[i] * power;
            y += weight[i] * error[i];
            xx += weight[i] * power * power;
            xy += weight[i] * power * error[i];
        }
        double determinant = weights * xx - x * x;
        if (floor != Floor.NONE && determinant > 0) {
            double a = (weights * xy - x * y) / determinant;
            if (a < 0) {
                return new Law(y / weights, 0, exponent);
            }
            double asymptote = (y - a * x) / weights;
            if (asymptote >= 0 || floor == Floor.FREE) {
                return new Law(asymptote, a, exponent);
            }
        }
        return new Law(0, xy / xx, exponent);
    }

    private double squares(Law law) {
        double sum = 0;
        for (int i = 0; i < error.length; i++) {
            double residual = error[i] - law.floor() - law.a() * Math.exp(-law.b() * logBudget[i]);
            sum += weight[i] * residual * residual;
        }
        return sum;
    }
}
