package io.labelworth.learning.label;

/** The mean of the labellings' probabilities. */
public record MeanProbabilities() implements MeanTreatment {

    static final String NAME = "mean-probabilities";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takesLogits() {
        return false;
    }
}
