package io.labelworth.learning.label;

/**
 * Acts on a vector of probabilities: 0 or above each, and perhaps not of sum 1, since PAPER.md has
 * treatments after which nothing is normalised. A student's loss takes such a vector as it is.
 */
public sealed interface ProbabilityTreatment extends LabelTreatment
        permits Temperature,
                HardLabel,
                SwapOne,
                SwapTopK,
                KeepTopK,
                ZeroClass,
                DropTail,
                LabelSmoothing {

    /**
     * The treated probabilities; {@code probabilities} stay as they are.
     *
     * @param imageClass the image's class in the dataset
     */
    float[] applyToProbabilities(float[] probabilities, int imageClass);
}
