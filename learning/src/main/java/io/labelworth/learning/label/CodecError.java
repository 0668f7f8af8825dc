package io.labelworth.learning.label;

/**
 * What storing and reading back does to an expert's labels, measured on logits of its own: the
 * bounds of a codec say what may happen, this says what does. Not safe to share between threads.
 */
public final class CodecError {

    private final LabelCodec codec;
    private double largest;
    private double divergence;
    private long labels;

    /** The error of {@code codec}, over no labels so far. */
    public CodecError(LabelCodec codec) {
        this.codec = codec;
    }

    /**
     * Adds the logits of one image.
     *
     * @throws LabelException when the codec cannot hold them
     */
    public void add(float[] logits) {
        double[] before = logProbabilities(logits);
        double[] after = logProbabilities(codec.decode(codec.encode(logits), logits.length));
        double sum = 0;
        for (int c = 0; c < before.length; c++) {
            double p = StrictMath.exp(before[c]);
            largest = Math.max(largest, Math.abs(p - StrictMath.exp(after[c])));
            sum += p * (before[c] - after[c]);
        }
        // Where nothing is lost, rounding may leave a little less than 0.
        divergence += Math.max(0, sum);
        labels++;
    }

    /** The error over the labels so far. */
    public Measured measured() {
        return new Measured(largest, labels == 0 ? 0 : divergence / labels);
    }

    private static double[] logProbabilities(float[] logits) {
        double largest = logits[SoftLabels.argMax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp(logit - largest);
        }
        double logSum = largest + StrictMath.log(sum);
        double[] logProbabilities = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            logProbabilities[c] = logits[c] - logSum;
        }
        return logProbabilities;
    }

    /**
     * An error, p being the softmax of a label at temperature 1 and p' that of what is read back.
     *
     * @param largestProbabilityError largest |p - p'| of a class of any label
     * @param meanDivergence mean of KL(p || p') over the labels, in nats; 0 without labels
     */
    public record Measured(double largestProbabilityError, double meanDivergence) {}
}
