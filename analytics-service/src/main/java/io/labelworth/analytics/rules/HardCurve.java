package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Interval;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * Test accuracy of hard labels by budget, with the curves through the ends of its intervals.
 *
 * <p>The three are fitted with the same weights, and isotonic regression keeps order, so the lower
 * curve never crosses the mean nor the mean the upper one.
 */
final class HardCurve {

    private final MonotoneCurve mean;
    private final Optional<MonotoneCurve> lower;
    private final Optional<MonotoneCurve> upper;

    private HardCurve(
            MonotoneCurve mean, Optional<MonotoneCurve> lower, Optional<MonotoneCurve> upper) {
        this.mean = mean;
        this.lower = lower;
        this.upper = upper;
    }

    /** The curve through the best hard configuration of each budget; empty without any. */
    static Optional<HardCurve> through(SortedMap<Integer, AccuracySummary> bestByBudget) {
        if (bestByBudget.isEmpty()) {
            return Optional.empty();
        }
        Collection<AccuracySummary> points = bestByBudget.values();
        boolean intervals =
                points.stream().allMatch(point -> point.getTest().getHalfWidth95() != null);
        return Optional.of(
                new HardCurve(
                        curve(points, Interval::getMean),
                        intervals ? Optional.of(curve(points, Ends::low)) : Optional.empty(),
                        intervals ? Optional.of(curve(points, Ends::high)) : Optional.empty()));
    }

    /** Images per class that reach the mean of the soft labels. */
    OptionalDouble reach(Interval soft) {
        return mean.imagesPerClassAt(soft.getMean());
    }

    /** The fewest images: the low end of the soft labels against the high ends of the hard ones. */
    OptionalDouble fewest(Interval soft) {
        return soft.getHalfWidth95() == null ? OptionalDouble.empty() : at(upper, Ends.low(soft));
    }

    /** The most images: the high end of the soft labels against the low ends of the hard ones. */
    OptionalDouble most(Interval soft) {
        return soft.getHalfWidth95() == null ? OptionalDouble.empty() : at(lower, Ends.high(soft));
    }

    /** The fitted curve of means. */
    MonotoneCurve mean() {
        return mean;
    }

    private static OptionalDouble at(Optional<MonotoneCurve> curve, double accuracy) {
        return curve.map(c -> c.imagesPerClassAt(accuracy)).orElse(OptionalDouble.empty());
    }

    private static MonotoneCurve curve(
            Collection<AccuracySummary> points, ToDoubleFunction<Interval> end) {
        return new MonotoneCurve(
                points.stream()
                        .map(
                                point ->
                                        new MonotoneCurve.Point(
                                                point.getImagesPerClass(),
                                                end.applyAsDouble(point.getTest()),
                                                point.getTest().getN()))
                        .toList());
    }

    /** Ends of an interval of at least two runs. */
    private static final class Ends {

        private Ends() {}

        static double low(Interval interval) {
            return interval.getMean() - interval.getHalfWidth95();
        }

        static double high(Interval interval) {
            return interval.getMean() + interval.getHalfWidth95();
        }
    }
}
