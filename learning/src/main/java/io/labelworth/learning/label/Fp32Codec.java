package io.labelworth.learning.label;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Logits as little-endian IEEE 754 binary32: 4 bytes per class, exact. */
final class Fp32Codec implements LabelCodec {

    @Override
    public String name() {
        return "fp32";
    }

    @Override
    public byte[] encode(float[] logits) {
        ByteBuffer payload =
                ByteBuffer.allocate(logits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new LabelException("a logit is " + logit + "; the checkpoint is unusable");
            }
            payload.putFloat(logit);
        }
        return payload.array();
    }

    @Override
    public float[] decode(byte[] payload, int classes) {
        if (payload.length != classes * Float.BYTES) {
            throw new LabelException(
                    payload.length + " bytes are no fp32 label of " + classes + " classes");
        }
        float[] logits = new float[classes];
        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(logits);
        return logits;
    }
}
