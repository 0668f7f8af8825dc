package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.util.Map;

/**
 * Entries below a share of the whole are taken for unstructured noise: 0, and the others scaled to
 * sum 1. The largest always stays. The other way to cut the tail is {@link KeepTopK}, normalised.
 *
 * @param below smallest share that stays, above 0 and below 1
 */
public record DropTail(double below) implements ProbabilityTreatment {

    static final String NAME = "drop-tail";
    static final String BELOW = "below";

    /** Checks the range. */
    public DropTail {
        if (!(below > 0 && below < 1)) {
            throw new LabelException(
                    NAME + ": below is " + below + "; it must be above 0 and below 1");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(BELOW, Decimals.text(below));
    }

    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        double threshold = below * Entries.sum(probabilities);
        float[] treated = new float[probabilities.length];
        int largest = SoftLabels.argMax(probabilities);
        for (int c = 0; c < treated.length; c++) {
            treated[c] = probabilities[c] >= threshold || c == largest ? probabilities[c] : 0;
        }
        return Entries.normalised(treated);
    }
}
