package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.util.Map;

/**
 * Logits divided by a temperature: above 1 softens, below 1 sharpens. This is the usual meaning;
 * the paper's code calls its inverse "temp".
 *
 * @param value above 0
 */
public record Temperature(double value) implements LabelTreatment {

    static final String NAME = "temperature";

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
        return Map.of("value", Decimals.text(value));
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
}
