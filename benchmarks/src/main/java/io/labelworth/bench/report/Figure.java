package io.labelworth.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing measured several times.
 *
 * @param values what each repetition gave, in order; at least one, all finite
 */
public record Figure(List<Double> values) {

    /** Copies the list and refuses what is no measurement. */
    public Figure {
        values = List.copyOf(values);
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("not measurements: " + values);
        }
    }

    /** A figure that was measured once. */
    public static Figure once(double value) {
        return new Figure(List.of(value));
    }

    /**
     * This figure over another, repetition by repetition: what disturbs the machine for longer than
     * a repetition disturbs both.
     */
    public Figure over(Figure other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException(
                    values.size() + " repetitions over " + other.values.size());
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return new Figure(ratios);
    }

    /** Each value, multiplied: another unit. */
    public Figure times(double factor) {
        return new Figure(values.stream().map(value -> value * factor).toList());
    }

    /** Middle value; of an even number, the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Smallest value. */
    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** Largest value. */
    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Distance from the smallest to the largest value, as a part of the median: the noise. */
    public double spread() {
        return (max() - min()) / median();
    }
}
