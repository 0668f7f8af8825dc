package io.labelworth.analytics.law;

import java.util.List;
import java.util.stream.IntStream;
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

    /** Of the log of the exponent: as good as the bits allow, a minimum being flat. */
    static final double EXACT = 1e-8;

    /** Far below what draws differ by, at two thirds of the time. */
    static final double ROUGH = 1e-4;

    private static final int MOST_EVALUATIONS = 200;

    private static final double LOWEST = StrictMath.log(SMALLEST_EXPONENT);
    private static final double STEP = (StrictMath.log(LARGEST_EXPONENT) - LOWEST) / (GRID - 1);
    private static final double[] EXPONENTS =
            IntStream.range(0, GRID).mapToDouble(i -> StrictMath.exp(LOWEST + i * STEP)).toArray();

    private final Floor floor;
    private final double[] logBudget;
    private final double[] weight;
    private final double weights;

    /** n^-b of every budget, by the grid's exponents: the same for all errors that are fitted. */
    private final double[][] powersOfGrid;

    /**
     * Fits to errors at the budgets, and with the weights, of some points.
     *
     * @param points of at least as many budgets as the law has parameters
     */
    LawFit(List<ErrorPoint> points, Floor floor) {
        this.floor = floor;
        logBudget =
                points.stream()
                        .mapToDouble(point -> StrictMath.log(point.imagesPerClass()))
                        .toArray();
        weight =
                points.stream()
                        .mapToDouble(point -> 1 / (point.standardError() * point.standardError()))
                        .toArray();
        weights = sum(weight);
        powersOfGrid = new double[GRID][];
        for (int i = 0; i < GRID; i++) {
            powersOfGrid[i] = powers(EXPONENTS[i], new double[logBudget.length]);
        }
    }

    /** The law nearest to the points. */
    static Law of(List<ErrorPoint> points, Floor floor) {
        return new LawFit(points, floor)
                .to(points.stream().mapToDouble(ErrorPoint::error).toArray(), EXACT);
    }

    /**
     * The law nearest to errors at the same budgets.
     *
     * @param tolerance {@link #EXACT} or {@link #ROUGH}
     */
    Law to(double[] error, double tolerance) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < GRID; i++) {
            double sum =
                    squares(given(EXPONENTS[i], powersOfGrid[i], error), powersOfGrid[i], error);
            if (sum < least) {
                least = sum;
                best = i;
            }
        }
        double[] powers = new double[error.length];
        UnivariateFunction sum =
                logExponent -> {
                    double exponent = StrictMath.exp(logExponent);
                    powers(exponent, powers);
                    return squares(given(exponent, powers, error), powers, error);
                };
        double found =
                new BrentOptimizer(tolerance, tolerance)
                        .optimize(
                                new MaxEval(MOST_EVALUATIONS),
                                new UnivariateObjectiveFunction(sum),
                                GoalType.MINIMIZE,
                                new SearchInterval(
                                        LOWEST + Math.max(0, best - 1) * STEP,
                                        LOWEST + Math.min(GRID - 1, best + 1) * STEP,
                                        LOWEST + best * STEP))
                        .getPoint();
        double exponent = StrictMath.exp(found);
        return given(exponent, powers(exponent, powers), error);
    }

    /** The best law of an exponent; a is never negative. */
    private Law given(double exponent, double[] powers, double[] error) {
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < error.length; i++) {
            double weighted = weight[i] * powers[i];
            x += weighted;
            y += weight[i] * error[i];
            xx += weighted * powers[i];
            xy += weighted * error[i];
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

    private double squares(Law law, double[] powers, double[] error) {
        double sum = 0;
        for (int i = 0; i < error.length; i++) {
            double residual = error[i] - law.floor() - law.a() * powers[i];
            sum += weight[i] * residual * residual;
        }
        return sum;
    }

    private double[] powers(double exponent, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = StrictMath.exp(-exponent * logBudget[i]);
        }
        return into;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
