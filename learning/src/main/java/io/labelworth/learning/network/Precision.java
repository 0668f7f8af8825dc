package io.labelworth.learning.network;

import java.util.Arrays;
import java.util.Locale;

/**
 * Arithmetic of a forward pass; logits are float32 in any case. The text form is the name in lower
 * case, as events carry it.
 */
public enum Precision {
    FP32,

    /** Weights and activations are rounded to bfloat16; sums run in float32. */
    BF16;

    /**
     * Takes back the text form.
     *
     * @throws ModelException when it is no precision known
     */
    public static Precision of(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ModelException(
                                        "precision "
                                                + text
                                                + " is not known; known: "
                                                + Arrays.toString(values())));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
