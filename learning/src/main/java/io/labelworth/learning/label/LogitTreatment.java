package io.labelworth.learning.label;

/** Acts on logits, while a label still is logits. */
public sealed interface LogitTreatment extends LabelTreatment permits Temperature {

    /** The treated logits; {@code logits} stay as they are. */
    float[] applyToLogits(float[] logits);
}
