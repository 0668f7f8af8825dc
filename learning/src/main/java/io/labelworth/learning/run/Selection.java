package io.labelworth.learning.run;

import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.random.Seeds;
import java.util.Arrays;

/**
 * Which images of the pool a run trains on, by rank in their class. Under one seed a smaller budget
 * takes a part of what a larger one takes, so that curves over the budget compare like with like.
 */
public final class Selection {

    private Selection() {}

    /**
     * Ranks of the images of {@code imageClass}, in training order: the first ones under subset
     * seed 0, else drawn from the pool without replacement; none of a class that a treatment
     * removes.
     */
    public static int[] ranks(RunSpec spec, int imageClass) {
        if (!TreatmentChain.keeps(spec.treatments(), imageClass)) {
            return new int[0];
        }
        if (spec.subsetSeed() == 0) {
            int[] first = new int[spec.imagesPerClass()];
            Arrays.setAll(first, rank -> rank);
            return first;
        }
        String purpose = "subset/class/" + imageClass;
        int[] pool = Seeds.permutation(spec.pool(), Seeds.stream(spec.subsetSeed(), purpose));
        return Arrays.copyOf(pool, spec.imagesPerClass());
    }

    /** How many ranks of each class, from 0 on, must be labelled before the run can start. */
    public static int ranksNeeded(RunSpec spec) {
        return spec.subsetSeed() == 0 ? spec.imagesPerClass() : spec.pool();
    }
}
