package io.labelworth.learning.label;

import java.util.Map;

/**
 * One class's entry is 0 in the labels of all other classes' images, so that these say nothing of
 * it. Images of the class itself keep their labels; {@link RemoveClass} removes them.
 *
 * @param zeroed the class, from 0
 * @param normalise whether the other entries are scaled to sum 1; a label with nothing else stays
 *     all 0, and teaches nothing
 */
public record ZeroClass(int zeroed, boolean normalise) implements ProbabilityTreatment {

    static final String NAME = "zero-class";
    static final String CLASS = "class";

    /** Checks the range. */
    public ZeroClass {
        TreatmentParameters.requireWithin(NAME, CLASS, zeroed, 0, Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return TreatmentParameters.text(CLASS, zeroed, normalise);
    }

    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public void requireClasses(int classes) {
        TreatmentParameters.requireWithin(NAME, CLASS, zeroed, 0, classes - 1);
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        if (imageClass == zeroed) {
            return probabilities;
        }
        float[] treated = probabilities.clone();
        treated[zeroed] = 0;
        return normalise ? Entries.normalised(treated) : treated;
    }
}
