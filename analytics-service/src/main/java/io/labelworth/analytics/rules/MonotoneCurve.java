package io.labelworth.analytics.rules;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Accuracy as a never-falling function of images per class: more images cannot hurt, so measured
 * points that fall are pooled to their weighted mean (isotonic regression, pool adjacent
 * violators), and between points accuracy is linear in log images per class.
 */
final class MonotoneCurve {

    /**
     * A measured point.
     *
     * @param imagesPerClass budget, above 0
     * @param accuracy accuracy at it
     * @param weight trust in it, above 0: its runs
     */
    record Point(double imagesPerClass, double accuracy, double weight) {}

    private record Pool(double sum, double weight, int points) {
        double mean() {
            return sum / weight;
        }

        Pool and(Pool other) {
            return new Pool(sum + other.sum, weight + other.weight, points + other.points);
        }
    }

    private final double[] imagesPerClass;
    private final double[] accuracy;

    /**
     * @param points at least one, in any order, no budget twice
     */
    MonotoneCurve(List<Point> points) {
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a curve needs at least one point");
        }
        List<Point> sorted =
                points.stream().sorted(Comparator.comparingDouble(Point::imagesPerClass)).toList();
        imagesPerClass = sorted.stream().mapToDouble(Point::imagesPerClass).toArray();
        accuracy = isotonic(sorted);
    }

    /** Accuracies at the measured budgets, never falling. */
    double[] fitted() {
        return accuracy.clone();
    }

    /** Accuracy at the smallest measured budget. */
    double lowest() {
        return accuracy[0];
    }

    /** Accuracy at the largest measured budget. */
    double highest() {
        return accuracy[accuracy.length - 1];
    }

    /** Largest measured budget. */
    double largestBudget() {
        return imagesPerClass[imagesPerClass.length - 1];
    }

    /** Smallest measured budget. */
    double smallestBudget() {
        return imagesPerClass[0];
    }

    /** The smallest budget that reaches an accuracy; empty outside what was measured. */
    OptionalDouble imagesPerClassAt(double target) {
        if (!(target >= lowest() && target <= highest())) {
            return OptionalDouble.empty();
        }
        int above = 0;
        while (accuracy[above] < target) {
            above++;
        }
        if (above == 0) {
            return OptionalDouble.of(imagesPerClass[0]);
        }
        double low = accuracy[above - 1];
        double share = (target - low) / (accuracy[above] - low);
        double ratio = imagesPerClass[above] / imagesPerClass[above - 1];
        return OptionalDouble.of(imagesPerClass[above - 1] * Math.pow(ratio, share));
    }

    private static double[] isotonic(List<Point> sorted) {
        Deque<Pool> pools = new ArrayDeque<>();
        for (Point point : sorted) {
            Pool pool = new Pool(point.accuracy() * point.weight(), point.weight(), 1);
            while (!pools.isEmpty() && pools.peekLast().mean() > pool.mean()) {
                pool = pools.removeLast().and(pool);
            }
            pools.addLast(pool);
        }
        return pools.stream()
                .flatMapToDouble(pool -> DoubleStream.generate(pool::mean).limit(pool.points()))
                .toArray();
    }
}
