package io.labelworth.learning.training;

import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.TrainableNetwork;
import java.util.Arrays;

/** Measures a network on the first images of a split. */
public final class Evaluator {

    private static final int BATCH = 256;

    private final Normalizer normalizer;

    public Evaluator(Normalizer normalizer) {
        this.normalizer = normalizer;
    }

    /**
     * Measures {@code network} on at most {@code limit} images.
     *
     * @param step steps it was trained for
     * @throws TrainingException when a logit is not finite: of such, the first class would count as
     *     predicted, and chance would look like a result
     */
    public Measurement measure(TrainableNetwork network, int step, Split split, int limit) {
        int floats = network.shape().inputFloats();
        int images = Math.min(limit, split.size());
        int classes = network.shape().classes();
        byte[] pixels = new byte[floats];
        float[] batch = new float[Math.min(BATCH, images) * floats];
        int[] right = new int[classes];
        int[] all = new int[classes];
        double entropy = 0;
        for (int first = 0; first < images; first += BATCH) {
            int count = Math.min(BATCH, images - first);
            int from = first;
            normalizer.normalize(
                    count,
                    i -> {
                        split.pixels(from + i, pixels, 0);
                        return pixels;
                    },
                    batch);
            float[][] logits = network.logits(batch, count);
            for (int i = 0; i < count; i++) {
                requireFinite(logits[i], step);
                int imageClass = split.imageClass(first + i);
                all[imageClass]++;
                right[imageClass] += SoftLabels.argMax(logits[i]) == imageClass ? 1 : 0;
                entropy += SoftLabels.entropy(SoftLabels.softmax(logits[i], 1));
            }
        }
        double[] byClass = new double[classes];
        for (int c = 0; c < classes; c++) {
            byClass[c] = all[c] == 0 ? Double.NaN : (double) right[c] / all[c];
        }
        double accuracy = (double) Arrays.stream(right).sum() / images;
        return new Measurement(accuracy, byClass, entropy / images, images);
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

    /**
     * What was measured.
     *
     * @param accuracy 0 to 1
     * @param accuracyByClass of the images of each class, 0 to 1; NaN for a class without any
     * @param entropy mean of the softmax's, in nats
     * @param images measured
     */
    public record Measurement(
            double accuracy, double[] accuracyByClass, double entropy, int images) {}
}
