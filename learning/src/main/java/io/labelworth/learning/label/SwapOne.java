package io.labelworth.learning.label;

import java.util.Map;

/**
 * The entry of one rank and the smallest entry change places: PAPER.md's swap-one. The entries stay
 * the same numbers, so sum and entropy do too.
 *
 * @param rank 1 for the largest entry, to classes - 1; of equal entries the first class ranks first
 */
public record SwapOne(int rank) implements ProbabilityTreatment {

    static final String NAME = "swap-one";
    static final String RANK = "rank";

    /** Checks the range. */
    public SwapOne {
        TreatmentParameters.requireWithin(NAME, RANK, rank, 1, Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(RANK, Integer.toString(rank));
    }

    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public void requireClasses(int classes) {
        TreatmentParameters.requireWithin(NAME, RANK, rank, 1, classes - 1);
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        int[] ranked = Entries.ranked(probabilities);
        float[] treated = probabilities.clone();
        Entries.swap(treated, ranked[rank - 1], ranked[ranked.length - 1]);
        return treated;
    }
}
