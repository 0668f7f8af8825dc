package io.labelworth.learning.training;

import io.labelworth.learning.run.Optimiser;

/** The steps of {@link Optimiser.AdamW}, in the order of operations that PyTorch has. */
final class AdamWRule implements UpdateRule {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final double weightDecay;
    private final float[] mean;
    private final float[] square;
    private int step;

    AdamWRule(Optimiser.AdamW adamW, int size) {
        weightDecay = adamW.weightDecay();
        mean = new float[size];
        square = new float[size];
    }

    @Override
    public void step(float[] weights, float[] gradients, double learningRate) {
        step++;
        float kept = (float) (1 - learningRate * weightDecay);
        float rate = (float) (learningRate / (1 - StrictMath.pow(BETA_1, step)));
        float correction = (float) Math.sqrt(1 - StrictMath.pow(BETA_2, step));
        for (int i = 0; i < weights.length; i++) {
            float gradient = gradients[i];
            mean[i] = (float) BETA_1 * mean[i] + (float) (1 - BETA_1) * gradient;
            square[i] = (float) BETA_2 * square[i] + (float) (1 - BETA_2) * gradient * gradient;
            float spread = (float) Math.sqrt(square[i]) / correction + EPSILON;
            weights[i] = kept * weights[i] - rate * (mean[i] / spread);
        }
    }
}
