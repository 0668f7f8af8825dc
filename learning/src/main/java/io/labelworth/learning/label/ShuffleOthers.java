package io.labelworth.learning.label;

import io.labelworth.learning.random.Seeds;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * All entries but the largest in random order: the label keeps its class, sum and entropy, and no
 * longer says which classes are alike.
 */
public record ShuffleOthers() implements RandomTreatment {

    static final String NAME = "shuffle-others";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, UniformRandomProvider random) {
        int largest = SoftLabels.argMax(probabilities);
        int[] others = Seeds.permutation(probabilities.length - 1, random);
        float[] treated = new float[probabilities.length];
        for (int c = 0; c < treated.length; c++) {
            if (c == largest) {
                treated[c] = probabilities[c];
            } else {
                int from = others[c < largest ? c : c - 1];
                treated[c] = probabilities[from < largest ? from : from + 1];
            }
        }
        return treated;
    }
}
