package io.labelworth.learning.training;

/**
 * Cross-entropy against a soft target t: loss = -sum t_c log softmax(z)_c, gradient = softmax(z) *
 * sum(t) - t. The target is taken as it is, so one that does not sum to 1 weighs its image
 * accordingly; a hard label is the one-hot case.
 */
public final class SoftCrossEntropy {

    private SoftCrossEntropy() {}

    /**
     * The loss in nats.
     *
     * @param gradient receives the gradient with respect to the logits, times {@code scale}
     */
    public static double loss(float[] logits, float[] target, double scale, float[] gradient) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double mass = 0;
        for (int c = 0; c < logits.length; c++) {
            sum += StrictMath.exp(logits[c] - largest);
            mass += target[c];
        }
        double logSum = largest + StrictMath.log(sum);
        double loss = 0;
        for (int c = 0; c < logits.length; c++) {
            double logProbability = logits[c] - logSum;
            loss -= target[c] * logProbability;
            gradient[c] = (float) ((StrictMath.exp(logProbability) * mass - target[c]) * scale);
        }
        return loss;
    }
}
