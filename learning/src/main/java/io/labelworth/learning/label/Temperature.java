package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.util.Map;

/**
 * Logits divided by a temperature: above 1 softens, below 1 sharpens. This is the usual meaning;
 * the paper's code calls its inverse "temp". Probabilities have logits up to a constant: each is
 * raised to the power 1 / temperature, and the sum stays what it was.
 *
 * @param value above 0
 */
public record Temperature(double value) implements LogitTreatment, ProbabilityTreatment {

    static final String NAME = "temperature";
    static final String VALUE = "value";

    /** Checks the range. */
    public Temperature {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new LabelException("temperature is " + value + "; it must be above 0");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(VALUE, Decimals.text(value));
    }

    /** Any but 1, which changes nothing. */
    @Override
    public boolean needsWholeVector() {
        return value != 1;
    }

    @Override
    public float[] applyToLogits(float[] logits) {
        float[] treated = new float[logits.length];
        for (int c = 0; c < logits.length; c++) {
            treated[c] = (float) (logits[c] / value);
        }
        return treated;
    }

    @Override
    public float[] applyToProbabilities(float[] probabilities, int imageClass) {
        double largest = probabilities[SoftLabels.argMax(probabilities)];
        if (largest == 0) {
            return probabilities;
        }
        double[] powers = new double[probabilities.length];
        double sum = 0;
        for (int c = 0; c < powers.length; c++) {
            powers[c] = StrictMath.pow(probabilities[c] / largest, 1 / value);
            sum += powers[c];
        }
        double scale = Entries.sum(probabilities) / sum;
        float[] treated = new float[powers.length];
        for (int c = 0; c < treated.length; c++) {
            treated[c] = (float) (powers[c] * scale);
        }
        return treated;
    }
}
