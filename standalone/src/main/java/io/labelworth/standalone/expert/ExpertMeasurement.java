package io.labelworth.standalone.expert;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import java.util.ArrayList;
import java.util.List;

/**
 * How good an expert's labels are on held-out images.
 *
 * @param accuracy share of images whose largest logit is their class, 0 to 1
 * @param entropy mean entropy in nats of softmax(logits)
 */
record ExpertMeasurement(double accuracy, double entropy) {

    private static final int BATCH = 256;

    /**
     * Measures on every image of a split.
     *
     * @throws ModelException when a logit is not finite
     */
    static ExpertMeasurement of(ExpertModel model, DatasetInfo dataset, Split split) {
        int right = 0;
        double entropy = 0;
        for (int first = 0; first < split.size(); first += BATCH) {
            int count = Math.min(BATCH, split.size() - first);
            float[][] logits = model.logits(batch(dataset, split, first, count));
            for (int i = 0; i < count; i++) {
                requireFinite(logits[i]);
                right += SoftLabels.argMax(logits[i]) == split.imageClass(first + i) ? 1 : 0;
                entropy += SoftLabels.entropy(SoftLabels.softmax(logits[i], 1));
            }
        }
        return new ExpertMeasurement((double) right / split.size(), entropy / split.size());
    }

    private static List<byte[]> batch(DatasetInfo dataset, Split split, int first, int count) {
        List<byte[]> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[dataset.imageBytes()];
            split.pixels(first + i, pixels, 0);
            images.add(pixels);
        }
        return images;
    }

    private static void requireFinite(float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new ModelException("it answers with " + logit + "; it is no usable expert");
            }
        }
    }
}
