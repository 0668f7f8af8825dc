package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.util.Map;

/**
 * A mixture of the label and the uniform one of the same sum: (1 - weight) p + weight sum(p) /
 * classes. Adds entropy and no structure; after {@link HardLabel} it is the classic smoothing.
 *
 * @param weight of the uniform label, 0 to 1
 */
public record LabelSmoothing(double weight) implements ProbabilityTreatment {

    static final String NAME = "label-smoothing";
    static final String WEIGHT = "weight";

    /** Checks the range. */
    public LabelSmoothing {
        if (!(weight >= 0 && weight <= 1)) {
            throw new LabelException(NAME + ": weight is " + weight + "; it must be 0 to 1");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(WEIGHT, Decimals.text(weight));
    }

    /** Not: an entry becomes what it would by itself. */
    @Override
    public boolean needsWholeVector() {
        return false;
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        double uniform = weight * Entries.sum(probabilities) / probabilities.length;
        float[] treated = new float[probabilities.length];
        for (int c = 0; c < treated.length; c++) {
            treated[c] = (float) ((1 - weight) * probabilities[c] + uniform);
        }
        return treated;
    }
}
