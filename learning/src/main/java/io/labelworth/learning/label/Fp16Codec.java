package io.labelworth.learning.label;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Logits as little-endian IEEE 754 binary16, class by class: 2 bytes per class, rounded to the
 * nearest, ties to even. A logit beyond 65,504 (after rounding) is refused.
 *
 * <p>A decoded logit l differs by at most d = |l| / 2048 + 3e-8. Of the largest such d, the
 * probabilities at temperature 1 differ by at most tanh(d / 2), and KL(p || p') is at most d&sup2;
 * / 2 (every log-odds moves by 2 d at most; Hoeffding's lemma). For logits within 16 that is 0.004
 * and 3.1e-5 nats.
 */
record Fp16Codec() implements LabelCodec {

    static final String NAME = "fp16";

    private static final VarHandle HALVES =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    public int bytes(int classes) {
        return classes * Short.BYTES;
    }

    @Override
    public boolean wholeVector() {
        return true;
    }

    @Override
    public byte[] encode(float[] logits) {
        byte[] payload = new byte[bytes(logits.length)];
        for (int c = 0; c < logits.length; c++) {
            put(payload, c * Short.BYTES, logits[c]);
        }
        return payload;
    }

    @Override
    public float[] decode(byte[] payload, int classes) {
        Logits.requireLength(payload, this, classes);
        float[] logits = new float[classes];
        for (int c = 0; c < classes; c++) {
            logits[c] = get(payload, c * Short.BYTES);
        }
        return logits;
    }

    /** Writes one logit; refuses what would be read as infinite. */
    static void put(byte[] payload, int offset, float logit) {
        if (!(Math.abs(logit) < Half.TOO_LARGE)) {
            throw new LabelException(
                    "a logit is " + logit + ", beyond fp16; use codec fp32 or another checkpoint");
        }
        HALVES.set(payload, offset, Half.fromFloat(logit));
    }

    /** Reads one logit; refuses one that is not finite. */
    static float get(byte[] payload, int offset) {
        float logit = Half.toFloat((short) HALVES.get(payload, offset));
        Logits.requireFinite(logit);
        return logit;
    }
}
