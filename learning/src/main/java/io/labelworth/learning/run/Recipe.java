package io.labelworth.learning.run;

import io.labelworth.learning.text.Decimals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a network is trained, experts and students alike (PAPER, "Recipe of the reference"). A recipe
 * is called as its optimiser is; what it does not say is at that optimiser's default.
 *
 * @param optimiser which way a step goes
 * @param schedule how the learning rate goes over the steps
 * @param learningRate of the first step, above 0, at most 100
 * @param batchSize images of a step, 1 to 8192; the set's size where that is smaller
 * @param steps optimiser steps, 1 to 10 million
 * @param augmentation dsa or none
 * @param zca eps of the ZCA whitening of what the network sees, 0 to 1000; 0 for none. PAPER.md has
 *     0.1 for CIFAR-10
 */
public record Recipe(
        Optimiser optimiser,
        Schedule schedule,
        double learningRate,
        int batchSize,
        int steps,
        String augmentation,
        double zca) {

    /** Differentiable siamese augmentation. */
    public static final String DSA = "dsa";

    /** No augmentation. */
    public static final String NONE = "none";

    /** Most steps of a run. */
    public static final int MOST_STEPS = 10_000_000;

    /**
     * The paper's for experts: SGD at a constant rate of 0.01, no momentum, no weight decay, batch
     * 256, augmentation on. Its steps follow from the expert's epochs; see {@link #withSteps}.
     */
    public static final Recipe EXPERT = expert(0.01, 0, 0, 256, DSA);

    private static final String SCHEDULE = "schedule";
    private static final String STEPS = "steps";
    private static final String AUGMENTATION = "augmentation";
    private static final String BATCH_SIZE = "batchSize";
    private static final String LEARNING_RATE = "learningRate";
    private static final String ZCA = "zca";

    /** The paper's for students, and for those that are ResNets. */
    private static final Map<String, Recipe> DEFAULTS =
            Map.of(
                    Optimiser.Sgd.NAME,
                    new Recipe(
                            new Optimiser.Sgd(0.9, 5e-4),
                            Schedule.Step.PAPER,
                            0.01,
                            256,
                            1,
                            DSA,
                            0),
                    Optimiser.AdamW.NAME,
                    new Recipe(
                            new Optimiser.AdamW(0.01),
                            new Schedule.Cosine(),
                            0.001,
                            256,
                            1,
                            DSA,
                            0));

    /** Checks the ranges. */
    public Recipe {
        Numbers.within(LEARNING_RATE, learningRate, Double.MIN_VALUE, 100);
        Numbers.within(BATCH_SIZE, batchSize, 1, 8192);
        Numbers.within(STEPS, steps, 1, MOST_STEPS);
        Numbers.within(ZCA, zca, 0, 1000);
        if (!Set.of(DSA, NONE).contains(augmentation)) {
            throw new IllegalArgumentException(
                    "augmentation is \"" + augmentation + "\", not dsa or none");
        }
    }

    /** SGD under the step schedule. */
    public Recipe(
            double learningRate,
            double momentum,
            double weightDecay,
            int batchSize,
            int steps,
            double decayFactor,
            double decayEvery,
            String augmentation) {
        this(
                new Optimiser.Sgd(momentum, weightDecay),
                new Schedule.Step(decayFactor, decayEvery),
                learningRate,
                batchSize,
                steps,
                augmentation,
                0);
    }

    /** SGD at a constant rate, as experts are trained; its steps follow from their epochs. */
    public static Recipe expert(
            double learningRate,
            double momentum,
            double weightDecay,
            int batchSize,
            String augmentation) {
        return new Recipe(
                new Optimiser.Sgd(momentum, weightDecay),
                new Schedule.Constant(),
                learningRate,
                batchSize,
                1,
                augmentation,
                0);
    }

    /** The student's recipe of the paper, for {@code steps} steps. */
    public static Recipe ofSteps(int steps) {
        return DEFAULTS.get(Optimiser.Sgd.NAME).withSteps(steps);
    }

    /**
     * The recipe called {@code name}; parameters that are absent are at their default, steps must
     * be there.
     *
     * @throws IllegalArgumentException when there is no such recipe, or a parameter is unknown, no
     *     number or out of range
     */
    public static Recipe of(String name, Map<String, String> parameters) {
        Recipe absent = DEFAULTS.get(name);
        if (absent == null) {
            throw new IllegalArgumentException(
                    String.format(
                            "unknown recipe \"%s\"; known: %s", name, String.join(", ", names())));
        }
        Schedule schedule =
                Schedule.named(parameters.getOrDefault(SCHEDULE, absent.schedule.name()));
        Set<String> known =
                new TreeSet<>(
                        Set.of(LEARNING_RATE, BATCH_SIZE, STEPS, SCHEDULE, AUGMENTATION, ZCA));
        known.addAll(absent.optimiser.parameters().keySet());
        known.addAll(schedule.parameters().keySet());
        Numbers numbers = new Numbers("recipe " + name, parameters, known);
        return new Recipe(
                absent.optimiser.with(numbers),
                schedule.with(numbers),
                numbers.real(LEARNING_RATE, absent.learningRate),
                numbers.integer(BATCH_SIZE, absent.batchSize),
                numbers.integer(STEPS),
                parameters.getOrDefault(AUGMENTATION, absent.augmentation),
                numbers.real(ZCA, absent.zca));
    }

    /** Names of the recipes, sorted. */
    public static List<String> names() {
        return DEFAULTS.keySet().stream().sorted().toList();
    }

    /** Name in experiments and events: its optimiser's. */
    public String name() {
        return optimiser.name();
    }

    /** Steps, and the parameters that are not at their default, as text. */
    public Map<String, String> parameters() {
        Recipe absent = DEFAULTS.get(name());
        Map<String, String> parameters = every();
        absent.every().forEach(parameters::remove);
        // What a schedule takes by itself depends on which one it is.
        Schedule.named(schedule.name())
                .parameters()
                .forEach((name, value) -> parameters.remove(name, Decimals.text(value)));
        parameters.put(STEPS, Integer.toString(steps));
        return parameters;
    }

    /**
     * Every parameter but the steps, and zca where it is 0, as text: what a checkpoint's record
     * says.
     */
    public Map<String, String> everyParameter() {
        Map<String, String> every = every();
        every.remove(STEPS);
        return every;
    }

    /** The same for another number of steps. */
    public Recipe withSteps(int count) {
        return new Recipe(optimiser, schedule, learningRate, batchSize, count, augmentation, zca);
    }

    /** Learning rate of {@code step}, from 0. */
    public double learningRateAt(int step) {
        return learningRate * schedule.factorAt(step, steps);
    }

    /**
     * Steps of {@code epochs} passes over {@code images} images, the last batch of each smaller.
     */
    public static long stepsOf(int epochs, long images, int batchSize) {
        return epochs * ((images + batchSize - 1) / batchSize);
    }

    private Map<String, String> every() {
        Map<String, String> every = new TreeMap<>();
        optimiser.parameters().forEach((name, value) -> every.put(name, Decimals.text(value)));
        schedule.parameters().forEach((name, value) -> every.put(name, Decimals.text(value)));
        every.put(LEARNING_RATE, Decimals.text(learningRate));
        every.put(BATCH_SIZE, Integer.toString(batchSize));
        every.put(STEPS, Integer.toString(steps));
        every.put(SCHEDULE, schedule.name());
        every.put(AUGMENTATION, augmentation);
        Numbers.putUnless(every, ZCA, zca, 0);
        return every;
    }
}
