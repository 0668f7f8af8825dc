package io.labelworth.analytics.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937a;

/**
 * Parametric bootstrap of a fit (Efron and Tibshirani 1993, chapter 6): errors are drawn anew
 * around the fitted curve and fitted again. A mean of few runs with a standard deviation of its own
 * is Student's t around the truth, so that is what is drawn.
 */
public final class LawBootstrap {

    private static final int DRAWS = 400;
    private static final double TAIL = 0.025;

    private final List<Law> laws = new ArrayList<>(DRAWS);

    /**
     * Draws around the free fit of the points.
     *
     * @param floor NONE or FREE
     * @param seed the same seed and points give the same intervals
     */
    LawBootstrap(List<ErrorPoint> points, LawFit.Floor floor, long seed) {
        LawFit fit = new LawFit(points, floor);
        Law fitted = fit.to(points.stream().mapToDouble(ErrorPoint::error).toArray(), LawFit.EXACT);
        double[] expected =
                points.stream()
                        .mapToDouble(point -> fitted.errorAt(point.imagesPerClass()))
                        .toArray();
        RandomGenerator random = new Well19937a(seed);
        double[] drawn = new double[expected.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < drawn.length; i++) {
                ErrorPoint point = points.get(i);
                drawn[i] =
                        expected[i]
                                + student(random, point.degreesOfFreedom()) * point.standardError();
            }
            laws.add(fit.to(drawn, LawFit.ROUGH));
        }
    }

    /** A draw of Student's t by the polar method (Bailey 1994). */
    private static double student(RandomGenerator random, double degreesOfFreedom) {
        double u;
        double square;
        do {
            u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            square = u * u + v * v;
        } while (square > 1 || square == 0);
        return u
                * Math.sqrt(
                        degreesOfFreedom
                                * (StrictMath.pow(square, -2 / degreesOfFreedom) - 1)
                                / square);
    }

    /** Lower and upper end of the 95% percentile interval of something a law says. */
    Range interval(ToDoubleFunction<Law> statistic) {
        return interval(laws.stream().mapToDouble(statistic).toArray());
    }

    /** The same of what the laws of two independent bootstraps say together. */
    Range interval(LawBootstrap other, ToDoubleBiFunction<Law, Law> statistic) {
        double[] values = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            values[draw] = statistic.applyAsDouble(laws.get(draw), other.laws.get(draw));
        }
        return interval(values);
    }

    private static Range interval(double[] values) {
        Arrays.sort(values);
        return new Range(quantile(values, TAIL), quantile(values, 1 - TAIL));
    }

    /** Linear between order statistics; an infinite neighbour makes it infinite. */
    private static double quantile(double[] sorted, double probability) {
        double place = probability * (sorted.length - 1);
        int below = (int) Math.floor(place);
        double share = place - below;
        return share == 0 ? sorted[below] : sorted[below] * (1 - share) + sorted[below + 1] * share;
    }
}
