package io.labelworth.learning.training;

import io.labelworth.learning.run.Optimiser;

/** The steps of {@link Optimiser.Sgd}. */
final class SgdRule implements UpdateRule {

    private final float momentum;
    private final float weightDecay;
    private final float[] velocity;

    SgdRule(Optimiser.Sgd sgd, int size) {
        momentum = (float) sgd.momentum();
        weightDecay = (float) sgd.weightDecay();
        velocity = new float[size];
    }

    @Override
    public void step(float[] weights, float[] gradients, double learningRate) {
        float rate = (float) learningRate;
        for (int i = 0; i < weights.length; i++) {
            float gradient = gradients[i] + weightDecay * weights[i];
            velocity[i] = momentum * velocity[i] + gradient;
            weights[i] -= rate * velocity[i];
        }
    }
}
