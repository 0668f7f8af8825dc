package io.labelworth.learning.label;

/**
 * What a label's event says beside the logits, so that readers need not decode them.
 *
 * <p>The same bits on every Java virtual machine. The entropy's error is at most 1e-9 of it, plus
 * 1e-11 nats: far below the single precision that events keep. {@link SoftLabels} computes the same
 * by StrictMath for training, where every bit counts; this is for the labeler, which summarises
 * 25,000 labels of 1000 classes a second beside its work.
 *
 * @param entropy in nats, of softmax(logits) at temperature 1; NaN when not finite
 * @param argMax index of the largest logit, of equal ones the first; -1 when not finite
 * @param finite whether every logit is a finite number
 */
public record LabelSummary(double entropy, int argMax, boolean finite) {

    private static final LabelSummary NOT_FINITE = new LabelSummary(Double.NaN, -1, false);
    private static final int BLOCK = 256;

    /** Summary of the logits of one image, one or more. */
    public static LabelSummary of(float[] logits) {
        float largest = logits[0];
        int argMax = 0;
        for (int c = 0; c < logits.length; c++) {
            float logit = logits[c];
            if (!(Math.abs(logit) <= Float.MAX_VALUE)) {
                return NOT_FINITE;
            }
            if (logit > largest) {
                largest = logit;
                argMax = c;
            }
        }
        return new LabelSummary(entropy(logits, largest, argMax), argMax, true);
    }

    /**
     * With d the distance of a logit from the largest and S the sum of exp(d), the entropy is log S
     * - sum(d exp(d)) / S. The largest, which adds 1 to S and nothing to the other sum, is left out
     * and log1p taken: so neither term cancels where the expert is sure.
     */
    private static double entropy(float[] logits, float largest, int argMax) {
        double[] distances = new double[Math.min(BLOCK, logits.length)];
        double[] weights = new double[distances.length];
        // Pairs of sums: one addition need not wait for the one before.
        double evenWeights = 0;
        double oddWeights = 0;
        double evenProducts = 0;
        double oddProducts = 0;
        for (int first = 0; first < logits.length; first += BLOCK) {
            int count = Math.min(BLOCK, logits.length - first);
            for (int i = 0; i < count; i++) {
                distances[i] = Math.max((double) logits[first + i] - largest, Exp.LOWEST);
            }
            System.arraycopy(distances, 0, weights, 0, count);
            Exp.inPlace(weights, count);
            if (argMax >= first && argMax < first + count) {
                weights[argMax - first] = 0;
            }
            for (int i = 0; i + 1 < count; i += 2) {
                evenWeights += weights[i];
                oddWeights += weights[i + 1];
                evenProducts += weights[i] * distances[i];
                oddProducts += weights[i + 1] * distances[i + 1];
            }
            if (count % 2 == 1) {
                evenWeights += weights[count - 1];
                evenProducts += weights[count - 1] * distances[count - 1];
            }
        }
        double others = evenWeights + oddWeights;
        return StrictMath.log1p(others) - (evenProducts + oddProducts) / (1 + others);
    }
}
