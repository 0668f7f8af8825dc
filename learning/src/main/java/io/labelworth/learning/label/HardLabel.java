package io.labelworth.learning.label;

import java.util.Map;

/**
 * One class for certain: 1 for it, 0 for the others.
 *
 * @param of {@link #ARG_MAX} for the label's largest entry, of equal ones the first, or {@link
 *     #CLASS} for the image's class in the dataset
 */
public record HardLabel(String of) implements ProbabilityTreatment {

    /** The largest entry. */
    public static final String ARG_MAX = "arg-max";

    /** The image's own class. */
    public static final String CLASS = "class";

    static final String NAME = "hard";
    static final String OF = "of";

    /** Checks the choice. */
    public HardLabel {
        TreatmentParameters.requireOneOf(NAME, OF, of, ARG_MAX, CLASS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(OF, of);
    }

    @Override
    public boolean needsWholeVector() {
        return false;
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        int certain = of.equals(CLASS) ? imageClass : SoftLabels.argMax(probabilities);
        return SoftLabels.oneHot(certain, probabilities.length);
    }
}
