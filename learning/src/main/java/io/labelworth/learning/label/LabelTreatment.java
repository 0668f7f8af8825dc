package io.labelworth.learning.label;

import java.util.Map;

/** A change made to labels between the log and the student, so that no relabelling is needed. */
public sealed interface LabelTreatment permits Temperature {

    /** Name in specs and events, for example temperature. */
    String name();

    /** Parameters by name, as text; {@link LabelTreatments#of} takes them back. */
    Map<String, String> parameters();

    /**
     * Whether it can only be made of every logit: a codec that stores the largest alone keeps the
     * right probabilities of these, but not what they become by this treatment.
     */
    boolean needsWholeVector();

    /** The treated logits; {@code logits} stay as they are. */
    float[] applyToLogits(float[] logits);
}
