package io.labelworth.learning.label;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Logits as little-endian IEEE 754 binary32, class by class: 4 bytes per class, exact. */
record Fp32Codec() implements LabelCodec {

    static final String NAME = "fp32";

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
        return classes * Float.BYTES;
    }

    @Override
    public boolean wholeVector() {
        return true;
    }

    @Override
    public byte[] encode(float[] logits) {
        ByteBuffer payload =
                ByteBuffer.allocate(bytes(logits.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float logit : logits) {
            Logits.requireFinite(logit);
            payload.putFloat(logit);
        }
        return payload.array();
    }

    @Override
    public float[] decode(byte[] payload, int classes) {
        Logits.requireLength(payload, this, classes);
        float[] logits = new float[classes];
        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(logits);
        for (float logit : logits) {
            Logits.requireFinite(logit);
        }
        return logits;
    }
}
