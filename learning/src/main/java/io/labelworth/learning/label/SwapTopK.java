package io.labelworth.learning.label;

import java.util.Map;

/**
 * The k largest entries change places with the k smallest, the largest with the smallest, the
 * second with the second smallest, and so on: PAPER.md's swap-top-k. The entries stay the same
 * numbers, so sum and entropy do too.
 *
 * @param k 1 to half the classes; of equal entries the first class ranks first
 */
public record SwapTopK(int k) implements ProbabilityTreatment {

    static final String NAME = "swap-top-k";
    static final String K = "k";

    /** Checks the range. */
    public SwapTopK {
        TreatmentParameters.requireWithin(NAME, K, k, 1, Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(K, Integer.toString(k));
    }

    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public void requireClasses(int classes) {
        TreatmentParameters.requireWithin(NAME, K, k, 1, classes / 2);
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        int[] ranked = Entries.ranked(probabilities);
        float[] treated = probabilities.clone();
        for (int i = 0; i < k; i++) {
            Entries.swap(treated, ranked[i], ranked[ranked.length - 1 - i]);
        }
        return treated;
    }
}
