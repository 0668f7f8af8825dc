package io.labelworth.learning.label;

/** The mean of the labellings' logits: the reference's ensemble. */
public record MeanLogits() implements MeanTreatment {

    static final String NAME = "mean-logits";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takesLogits() {
        return true;
    }
}
