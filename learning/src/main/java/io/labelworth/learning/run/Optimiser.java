package io.labelworth.learning.run;

import java.util.Map;

/**
 * Which way a step goes. Weight decay acts on every parameter, norms and biases too, as in the
 * reference.
 */
public sealed interface Optimiser {

    /** Name in experiments and events. */
    String name();

    /** Every parameter by name. */
    Map<String, Double> parameters();

    /** This one with the parameters that {@code numbers} give. */
    Optimiser with(Numbers numbers);

    /**
     * Stochastic gradient descent as PyTorch's: g += decay * w; v = momentum * v + g; w -= rate *
     * v. The velocity is free of the rate, so a decay of the rate acts at once.
     *
     * @param momentum 0 to below 1
     * @param weightDecay 0 to 1
     */
    record Sgd(double momentum, double weightDecay) implements Optimiser {

        static final String NAME = "sgd";

        /** Checks the ranges. */
        public Sgd {
            Numbers.within("momentum", momentum, 0, Math.nextDown(1.0));
            Numbers.within("weightDecay", weightDecay, 0, 1);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("momentum", momentum, "weightDecay", weightDecay);
        }

        @Override
        public Sgd with(Numbers numbers) {
            return new Sgd(
                    numbers.real("momentum", momentum), numbers.real("weightDecay", weightDecay));
        }
    }

    /**
     * AdamW as PyTorch's, betas 0.9 and 0.999, epsilon 1e-8 (Loshchilov and Hutter, "Decoupled
     * weight decay regularization", 2019): the decay, times the rate, shrinks the weights and does
     * not pass through the moments.
     *
     * @param weightDecay 0 to 1
     */
    record AdamW(double weightDecay) implements Optimiser {

        static final String NAME = "adamw";

        /** Checks the range. */
        public AdamW {
            Numbers.within("weightDecay", weightDecay, 0, 1);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("weightDecay", weightDecay);
        }

        @Override
        public AdamW with(Numbers numbers) {
            return new AdamW(numbers.real("weightDecay", weightDecay));
        }
    }
}
