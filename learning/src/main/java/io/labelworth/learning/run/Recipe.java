package io.labelworth.learning.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a network is trained: SGD with momentum and weight decay, the learning rate multiplied by a
 * factor after every fraction of the steps. Defaults are PAPER.md's for students ("Recipe of the
 * reference"): x 0.3 every quarter.
 *
 * @param learningRate above 0, at most 100
 * @param momentum 0 to below 1
 * @param weightDecay 0 to 1
 * @param batchSize images of a step, 1 to 8192; the set's size where that is smaller
 * @param steps optimiser steps, 1 to 10 million
 * @param decayFactor what the learning rate is multiplied by, above 0 to 1
 * @param decayEvery fraction of the steps after which it is, above 0 to 1
 * @param augmentation dsa or none
 */
public record Recipe(
        double learningRate,
        double momentum,
        double weightDecay,
        int batchSize,
        int steps,
        double decayFactor,
        double decayEvery,
        String augmentation) {

    /** Name in experiments and events. */
    public static final String NAME = "sgd";

    /** Differentiable siamese augmentation. */
    public static final String DSA = "dsa";

    /** No augmentation. */
    public static final String NONE = "none";

    private static final Recipe DEFAULT = new Recipe(0.01, 0.9, 5e-4, 256, 1, 0.3, 0.25, DSA);

    private static final Set<String> NAMES =
            Set.of(
                    "learningRate",
                    "momentum",
                    "weightDecay",
                    "batchSize",
                    "steps",
                    "decayFactor",
                    "decayEvery",
                    "augmentation");

    /** Checks the ranges. */
    public Recipe {
        Numbers.within("learningRate", learningRate, Double.MIN_VALUE, 100);
        Numbers.within("momentum", momentum, 0, Math.nextDown(1.0));
        Numbers.within("weightDecay", weightDecay, 0, 1);
        Numbers.within("batchSize", batchSize, 1, 8192);
        Numbers.within("steps", steps, 1, 10_000_000);
        Numbers.within("decayFactor", decayFactor, Double.MIN_VALUE, 1);
        Numbers.within("decayEvery", decayEvery, Double.MIN_VALUE, 1);
        if (!Set.of(DSA, NONE).contains(augmentation)) {
            throw new IllegalArgumentException(
                    "augmentation is \"" + augmentation + "\", not dsa or none");
        }
    }

    /** The student's recipe of the paper, for {@code steps} steps. */
    public static Recipe ofSteps(int steps) {
        return of(Map.of("steps", Integer.toString(steps)));
    }

    /**
     * The recipe that {@code parameters} name; absent ones are at their default, steps must be
     * there.
     *
     * @throws IllegalArgumentException when a parameter is unknown, no number or out of range
     */
    public static Recipe of(Map<String, String> parameters) {
        Numbers numbers = new Numbers("recipe", parameters, NAMES);
        return new Recipe(
                numbers.real("learningRate", DEFAULT.learningRate),
                numbers.real("momentum", DEFAULT.momentum),
                numbers.real("weightDecay", DEFAULT.weightDecay),
                numbers.integer("batchSize", DEFAULT.batchSize),
                numbers.integer("steps"),
                numbers.real("decayFactor", DEFAULT.decayFactor),
                numbers.real("decayEvery", DEFAULT.decayEvery),
                parameters.getOrDefault("augmentation", DEFAULT.augmentation));
    }

    /** Steps, and the parameters that are not at their default, as text. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("steps", Integer.toString(steps));
        Numbers.putUnless(parameters, "learningRate", learningRate, DEFAULT.learningRate);
        Numbers.putUnless(parameters, "momentum", momentum, DEFAULT.momentum);
        Numbers.putUnless(parameters, "weightDecay", weightDecay, DEFAULT.weightDecay);
        Numbers.putUnless(parameters, "batchSize", batchSize, DEFAULT.batchSize);
        Numbers.putUnless(parameters, "decayFactor", decayFactor, DEFAULT.decayFactor);
        Numbers.putUnless(parameters, "decayEvery", decayEvery, DEFAULT.decayEvery);
        if (!augmentation.equals(DEFAULT.augmentation)) {
            parameters.put("augmentation", augmentation);
        }
        return parameters;
    }

    /** Learning rate of {@code step}, from 0. */
    public double learningRateAt(int step) {
        // The tolerance keeps a fraction such as 0.1 from moving a decay by one step.
        int decays = (int) StrictMath.floor(step / (steps * decayEvery) + 1e-9);
        return learningRate * StrictMath.pow(decayFactor, decays);
    }
}
