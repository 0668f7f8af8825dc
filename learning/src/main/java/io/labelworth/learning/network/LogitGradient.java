package io.labelworth.learning.network;

/** The loss of one image, by its gradient with respect to the logits. */
@FunctionalInterface
public interface LogitGradient {

    /**
     * Writes the gradient of an image's loss.
     *
     * @param image its place in the batch
     * @param logits one per class
     * @param gradient receives one per class
     */
    void gradient(int image, float[] logits, float[] gradient);
}
