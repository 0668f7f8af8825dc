package io.labelworth.learning.label;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Acts on a vector of probabilities as {@link ProbabilityTreatment} does, by chance. {@link
 * TreatmentChain} gives each image a stream of its own.
 */
public sealed interface RandomTreatment extends LabelTreatment
        permits ShuffleOthers, EntropyMatched {

    /**
     * The treated probabilities; {@code probabilities} stay as they are.
     *
     * @param random all that chance decides; from its start
     */
    float[] applyToProbabilities(float[] probabilities, UniformRandomProvider random);
}
