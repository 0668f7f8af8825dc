package io.labelworth.learning.label;

import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A random label of the same entropy and sum: a point drawn uniformly from the simplex, its
 * logarithm divided by the temperature that gives it the label's entropy. So smoothness stays, and
 * nothing that the expert knew but, perhaps, the class.
 *
 * @param top {@link #KEPT} when the largest entry is put at the class of the label's largest,
 *     {@link #RANDOM} when it stays where it was drawn
 */
public record EntropyMatched(String top) implements RandomTreatment {

    /** The label's class stays. */
    public static final String KEPT = "kept";

    /** Nothing stays. */
    public static final String RANDOM = "random";

    static final String NAME = "entropy-matched";
    static final String TOP = "top";

    private static final int DOUBLINGS = 40;
    private static final int HALVINGS = 40;

    /** In nats, of the entropies: far below what any student could notice. */
    private static final double TOLERANCE = 1e-6;

    /** Checks the choice. */
    public EntropyMatched {
        TreatmentParameters.requireOneOf(NAME, TOP, top, KEPT, RANDOM);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return top.equals(KEPT) ? Map.of() : Map.of(TOP, top);
    }

    @Override
    public boolean needsWholeVector() {
        return true;
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, UniformRandomProvider random) {
        double sum = Entries.sum(probabilities);
        if (sum == 0) {
            return probabilities;
        }
        double[] drawn = logarithmsOfExponentials(probabilities.length, random);
        float[] matched = ofEntropy(SoftLabels.entropy(probabilities), drawn);
        if (top.equals(KEPT)) {
            Entries.swap(matched, SoftLabels.argMax(matched), SoftLabels.argMax(probabilities));
        }
        return Entries.scaledTo(sum, matched);
    }

    /** Shares of independent exponential numbers are uniform on the simplex. */
    private static double[] logarithmsOfExponentials(int size, UniformRandomProvider random) {
        double[] drawn = new double[size];
        for (int c = 0; c < size; c++) {
            // Strictly between 0 and 1, so that both logarithms are finite.
            double uniform = ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
            drawn[c] = StrictMath.log(-StrictMath.log(uniform));
        }
        return drawn;
    }

    /** Entropy falls as the factor on the logarithms rises, from that of the uniform label to 0. */
    private static float[] ofEntropy(double entropy, double[] logarithms) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < DOUBLINGS && entropyAt(high, logarithms) > entropy; i++) {
            low = high;
            high *= 2;
        }
        double factor = high;
        double reached = entropyAt(factor, logarithms);
        for (int i = 0; i < HALVINGS && Math.abs(reached - entropy) > TOLERANCE; i++) {
            if (reached > entropy) {
                low = factor;
            } else {
                high = factor;
            }
            factor = (low + high) / 2;
            reached = entropyAt(factor, logarithms);
        }
        return SoftLabels.softmax(scaled(factor, logarithms), 1);
    }

    private static double entropyAt(double factor, double[] logarithms) {
        return LabelSummary.of(scaled(factor, logarithms)).entropy();
    }

    private static float[] scaled(double factor, double[] logarithms) {
        float[] logits = new float[logarithms.length];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (float) (factor * logarithms[c]);
        }
        return logits;
    }
}
