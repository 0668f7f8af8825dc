package io.labelworth.learning.training;

import io.labelworth.learning.run.Optimiser;

/** What an optimiser does to a block of parameters, with the state it keeps from step to step. */
interface UpdateRule {

    /**
     * Takes one step.
     *
     * @param weights changed in place
     * @param gradients of the loss with respect to them
     */
    void step(float[] weights, float[] gradients, double learningRate);

    /** The rule of {@code optimiser} for {@code size} parameters. */
    static UpdateRule of(Optimiser optimiser, int size) {
        if (optimiser instanceof Optimiser.Sgd sgd) {
            return new SgdRule(sgd, size);
        }
        return new AdamWRule((Optimiser.AdamW) optimiser, size);
    }
}
