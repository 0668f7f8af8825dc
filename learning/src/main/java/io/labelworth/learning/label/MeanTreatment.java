package io.labelworth.learning.label;

import java.util.List;
import java.util.Map;

/**
 * Makes one label of several labellings' labels of an image: an ensemble of experts. Treatments
 * before it act on each of these, those after it on the one.
 */
public sealed interface MeanTreatment extends LabelTreatment permits MeanLogits, MeanProbabilities {

    /** Whether it takes logits; otherwise probabilities. */
    boolean takesLogits();

    /** The mean of {@code labels}, one or more of the same length. */
    default float[] mean(List<float[]> labels) {
        float[] mean = new float[labels.get(0).length];
        for (int c = 0; c < mean.length; c++) {
            double sum = 0;
            for (float[] label : labels) {
                sum += label[c];
            }
            mean[c] = (float) (sum / labels.size());
        }
        return mean;
    }

    @Override
    default Map<String, String> parameters() {
        return Map.of();
    }

    /** Always: what one labelling cut off, another may have kept. */
    @Override
    default boolean needsWholeVector() {
        return true;
    }
}
