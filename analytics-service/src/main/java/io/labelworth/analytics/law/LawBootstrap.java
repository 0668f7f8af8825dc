package io.labelworth.analytics.law;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;
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
        Law fitted = LawFit.of(points, floor);
        RandomGenerator random = new Well19937a(seed);
        TDistribution[] noise =
                points.stream()
                        .map(point -> new TDistribution(point.degreesOfFreedom()))
                        .toArray(TDistribution[]::new);
        for (int draw = 0; draw < DRAWS; draw++) {
            List<ErrorPoint> drawn = new ArrayList<>(points.size());
            for (int i = 0; i < noise.length; i++) {
                ErrorPoint point = points.get(i);
                double t = noise[i].inverseCumulativeProbability(random.nextDouble());
                drawn.add(
                        point.withError(
                                fitted.errorAt(point.imagesPerClass())
                                        + t * point.standardError()));
            }
            laws.add(LawFit.of(drawn, floor));
        }
    }

    /** Lower and upper end of the 95% percentile interval of something a law says. */
    Range interval(ToDoubleFunction<Law> statistic) {
        double[] values = laws.stream().mapToDouble(statistic).sorted().toArray();
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
