package io.labelworth.learning.learned;

import io.labelworth.learning.text.Decimals;
import java.util.Map;
import java.util.TreeMap;

/**
 * How labels are learned: by Adam, through students that are each trained on the whole set for some
 * steps, of which the last few are differentiated. The number of a student's steps is drawn anew
 * each time, as in Ra-BPTT (Feng, Vyas, Tang and Kempe 2023, "Embarrassingly simple dataset
 * distillation"), so that labels serve a student at every time of its training, not at one.
 *
 * @param steps changes of the labels, 1 to 1,000,000
 * @param unroll most steps of a student, 1 to 100,000
 * @param window steps that are differentiated, 1 to {@code unroll}, at most 1000; a student takes
 *     at least as many
 * @param learningRate of the labels, above 0, at most 100
 * @param batchSize real training images that a student is judged on, 1 to 8192
 */
public record LabelRecipe(int steps, int unroll, int window, double learningRate, int batchSize) {

    /** Name in events. */
    public static final String NAME = "unrolled";

    private static final int MOST_WINDOW = 1000;

    /** Checks the ranges. */
    public LabelRecipe {
        require(steps >= 1 && steps <= 1_000_000, "steps", steps, "1 to 1000000");
        require(unroll >= 1 && unroll <= 100_000, "unroll", unroll, "1 to 100000");
        require(
                window >= 1 && window <= Math.min(unroll, MOST_WINDOW),
                "window",
                window,
                "1 to unroll, at most " + MOST_WINDOW);
        require(
                learningRate > 0 && learningRate <= 100,
                "learningRate",
                learningRate,
                "above 0, at most 100");
        require(batchSize >= 1 && batchSize <= 8192, "batchSize", batchSize, "1 to 8192");
    }

    /** As text, for the record of the labels. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("steps", Integer.toString(steps));
        parameters.put("unroll", Integer.toString(unroll));
        parameters.put("window", Integer.toString(window));
        parameters.put("learningRate", Decimals.text(learningRate));
        parameters.put("batchSize", Integer.toString(batchSize));
        return parameters;
    }

    private static void require(boolean condition, String name, Number value, String range) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is " + value + ", not " + range);
        }
    }
}
