package io.labelworth.learning.training;

import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.TrainableNetwork;

/** Measures a network on the first images of a split. */
final class Evaluator {

    private static final int BATCH = 256;

    private final Normalizer normalizer;

    Evaluator(Normalizer normalizer) {
        this.normalizer = normalizer;
    }

    /**
     * Measures {@code network} on at most {@code limit} images.
     *
     * @param step steps it was trained for
     * @throws TrainingException when a logit is not finite: of such, the first class would count as
     *     predicted, and chance would look like a result
     */
    Measurement measure(TrainableNetwork network, int step, Split split, int limit) {
        int floats = network.shape().inputFloats();
        int images = Math.min(limit, split.size());
        byte[] pixels = new byte[floats];
        float[] batch = new float[Math.min(BATCH, images) * floats];
        int right = 0;
        double entropy = 0;
        for (int first = 0; first < images; first += BATCH) {
            int count = Math.min(BATCH, images - first);
            for (int i = 0; i < count; i++) {
                split.pixels(first + i, pixels, 0);
                normalizer.normalize(pixels, batch, i * floats);
            }
            float[][] logits = network.logits(batch, count);
            for (int i = 0; i < count; i++) {
                requireFinite(logits[i], step);
                right += SoftLabels.argMax(logits[i]) == split.imageClass(first + i) ? 1 : 0;
                entropy += SoftLabels.entropy(SoftLabels.softmax(logits[i], 1));
            }
        }
        return new Measurement((double) right / images, entropy / images, images);
    }

    private static void requireFinite(float[] logits, int step) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new TrainingException(
                        "a logit is "
                                + logit
                                + " after step "
                                + step
                                + "; lower the learning rate");
            }
        }
    }

    /** Accuracy (0 to 1), mean entropy of the softmax in nats, and images measured. */
    record Measurement(double accuracy, double entropy, int images) {}
}
