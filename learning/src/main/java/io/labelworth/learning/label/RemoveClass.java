package io.labelworth.learning.label;

import java.util.Map;

/**
 * Leaves the images of one class out of the set, and the labels of the others as they are: what a
 * student learns of a class from other images' labels alone. Acts on the set, so its place in the
 * chain makes no difference.
 *
 * @param imageClass the class left out, from 0
 */
public record RemoveClass(int imageClass) implements LabelTreatment {

    static final String NAME = "remove-class";
    static final String CLASS = "class";

    /** Checks the range. */
    public RemoveClass {
        TreatmentParameters.requireWithin(NAME, CLASS, imageClass, 0, Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(CLASS, Integer.toString(imageClass));
    }

    @Override
    public boolean needsWholeVector() {
        return false;
    }

    @Override
    public void requireClasses(int classes) {
        TreatmentParameters.requireWithin(NAME, CLASS, imageClass, 0, classes - 1);
    }
}
