package io.labelworth.learning.label;

import java.util.Map;

/** A change made to labels between the log and the student, so that no relabelling is needed. */
public sealed interface LabelTreatment permits Temperature {

    /** Name in specs and events, for example temperature. */
    String name();

    /** Parameters by name, as text; {@link LabelTreatments#of} takes them back. */
    Map<String, String> parameters();

    /** The treated logits; {@code logits} stay as they are. */
    float[] applyToLogits(float[] logits);
}
