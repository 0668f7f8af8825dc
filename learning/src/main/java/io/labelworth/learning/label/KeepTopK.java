package io.labelworth.learning.label;

import java.util.Map;

/**
 * Only the k largest entries, 0 for the others: PAPER.md's data-knowledge, and normalised its
 * denoise. With k = 1 the entry keeps its value; {@link HardLabel} makes it 1.
 *
 * @param k entries kept, 1 to the classes; of equal ones the first classes'
 * @param normalise whether what is kept is scaled to sum 1
 */
public record KeepTopK(int k, boolean normalise) implements ProbabilityTreatment {

    static final String NAME = "keep-top-k";
    static final String K = "k";

    /** Checks the range. */
    public KeepTopK {
        TreatmentParameters.requireWithin(NAME, K, k, 1, Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return TreatmentParameters.text(K, k, normalise);
    }

    /** A label that was cut to fewer entries than k would be padded with made-up ones. */
    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public void requireClasses(int classes) {
        TreatmentParameters.requireWithin(NAME, K, k, 1, classes);
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        boolean[] kept = Largest.of(probabilities, k);
        float[] treated = new float[probabilities.length];
        for (int c = 0; c < treated.length; c++) {
            treated[c] = kept[c] ? probabilities[c] : 0;
        }
        return normalise ? Entries.normalised(treated) : treated;
    }
}
