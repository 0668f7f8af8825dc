package io.labelworth.learning.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * When and on what a student is evaluated. The whole test set is evaluated once, at the end.
 *
 * @param validationImages the first of the validation split, which are class-balanced; 1 or more,
 *     the whole split where that is smaller
 * @param everySteps steps between points of the learning curve; 0 for the final one only
 */
public record Evaluation(int validationImages, int everySteps) {

    /** Name in experiments: accuracy is that of the final student. */
    public static final String NAME = "final";

    /** 2,000 validation images, at the end only. */
    public static final Evaluation DEFAULT = new Evaluation(2000, 0);

    private static final Set<String> NAMES = Set.of("validationImages", "everySteps");

    /** Checks the ranges. */
    public Evaluation {
        Numbers.within("validationImages", validationImages, 1, 10_000_000);
        Numbers.within("everySteps", everySteps, 0, 10_000_000);
    }

    /**
     * The evaluation that {@code parameters} name; absent ones are at their default.
     *
     * @throws IllegalArgumentException when a parameter is unknown, no number or out of range
     */
    public static Evaluation of(Map<String, String> parameters) {
        Numbers numbers = new Numbers("evaluation", parameters, NAMES);
        return new Evaluation(
                numbers.integer("validationImages", DEFAULT.validationImages),
                numbers.integer("everySteps", DEFAULT.everySteps));
    }

    /** The parameters that are not at their default, as text. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        Numbers.putUnless(
                parameters, "validationImages", validationImages, DEFAULT.validationImages);
        Numbers.putUnless(parameters, "everySteps", everySteps, DEFAULT.everySteps);
        return parameters;
    }
}
