package io.labelworth.learning.network;

import java.util.Arrays;
import java.util.Locale;

/**
 * Formats of an expert's file. The text form, which events carry, is the name in lower case, with
 * '-'.
 */
public enum WeightsFormat {

    /** Tensors by PyTorch state_dict name; the architecture says what to do with them. */
    SAFETENSORS,

    /** A module traced or scripted by PyTorch: weights and the program that uses them. */
    TORCHSCRIPT,

    /** No network: the labels themselves, each under its image's id, in a safetensors file. */
    LABEL_TABLE;

    /**
     * Takes back the text form.
     *
     * @throws ModelException when it is no format known
     */
    public static WeightsFormat of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ModelException(
                                        "format "
                                                + text
                                                + " is not known; known: "
                                                + Arrays.toString(values())));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
