package io.labelworth.learning.run;

import java.util.Map;

/** How the learning rate goes over the steps of a run. */
public sealed interface Schedule {

    /** Name in experiments and events. */
    String name();

    /** Every parameter by name; most schedules have none. */
    default Map<String, Double> parameters() {
        return Map.of();
    }

    /** This one with the parameters that {@code numbers} give. */
    default Schedule with(Numbers numbers) {
        return this;
    }

    /** What the learning rate is multiplied by at {@code step}, from 0, of {@code steps}. */
    double factorAt(int step, int steps);

    /**
     * The schedule called {@code name}, its parameters at their default.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Schedule named(String name) {
        return switch (name) {
            case Step.NAME -> Step.PAPER;
            case Cosine.NAME -> new Cosine();
            case Constant.NAME -> new Constant();
            default ->
                    throw new IllegalArgumentException(
                            String.format(
                                    "schedule is \"%s\", not %s, %s or %s",
                                    name, Step.NAME, Cosine.NAME, Constant.NAME));
        };
    }

    /**
     * Multiplied by a factor after every fraction of the steps.
     *
     * @param decayFactor above 0 to 1
     * @param decayEvery fraction of the steps, above 0 to 1
     */
    record Step(double decayFactor, double decayEvery) implements Schedule {

        static final String NAME = "step";

        /** x 0.3 every quarter (PAPER, "Recipe of the reference"). */
        static final Step PAPER = new Step(0.3, 0.25);

        /** Checks the ranges. */
        public Step {
            Numbers.within("decayFactor", decayFactor, Double.MIN_VALUE, 1);
            Numbers.within("decayEvery", decayEvery, Double.MIN_VALUE, 1);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("decayFactor", decayFactor, "decayEvery", decayEvery);
        }

        @Override
        public Step with(Numbers numbers) {
            return new Step(
                    numbers.real("decayFactor", decayFactor),
                    numbers.real("decayEvery", decayEvery));
        }

        @Override
        public double factorAt(int step, int steps) {
            // The tolerance keeps a fraction such as 0.1 from moving a decay by one step.
            int decays = (int) StrictMath.floor(step / (steps * decayEvery) + 1e-9);
            return StrictMath.pow(decayFactor, decays);
        }
    }

    /** Half a cosine: from the whole rate at the first step to what would be 0 after the last. */
    record Cosine() implements Schedule {

        static final String NAME = "cosine";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public double factorAt(int step, int steps) {
            return (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
        }
    }

    /** The same at every step. */
    record Constant() implements Schedule {

        static final String NAME = "constant";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public double factorAt(int step, int steps) {
            return 1;
        }
    }
}
