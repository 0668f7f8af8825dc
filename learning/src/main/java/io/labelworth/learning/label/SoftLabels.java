package io.labelworth.learning.label;

/** Probabilities from logits. Sums in double and StrictMath, so the same bits everywhere. */
public final class SoftLabels {

    private SoftLabels() {}

    /**
     * softmax(logits / temperature).
     *
     * @param temperature above 0; 1 leaves the logits as they are
     */
    public static float[] softmax(float[] logits, double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new LabelException("temperature is " + temperature + "; it must be above 0");
        }
        double largest = logits[argMax(logits)];
        double[] weights = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            weights[c] = StrictMath.exp((logits[c] - largest) / temperature);
            sum += weights[c];
        }
        float[] probabilities = new float[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = (float) (weights[c] / sum);
        }
        return probabilities;
    }

    /**
     * Entropy in nats of {@code probabilities}, each taken as its share of their sum; 0 log 0
     * counts as 0, and so does a label of nothing but 0.
     */
    public static double entropy(float[] probabilities) {
        double sum = Entries.sum(probabilities);
        double entropy = 0;
        for (float p : probabilities) {
            if (p > 0) {
                entropy -= p / sum * StrictMath.log(p / sum);
            }
        }
        return entropy;
    }

    /** Cross-entropy in nats of a class under softmax(logits): how hard the expert finds it. */
    public static double crossEntropy(float[] logits, int imageClass) {
        double largest = logits[argMax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp(logit - largest);
        }
        return largest + StrictMath.log(sum) - logits[imageClass];
    }

    /** Index of the largest value; of equal ones, the first. */
    public static int argMax(float[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            if (values[c] > values[best]) {
                best = c;
            }
        }
        return best;
    }

    /** The hard label of {@code imageClass}: 1 for it, 0 for the others. */
    public static float[] oneHot(int imageClass, int classes) {
        float[] target = new float[classes];
        target[imageClass] = 1;
        return target;
    }
}
