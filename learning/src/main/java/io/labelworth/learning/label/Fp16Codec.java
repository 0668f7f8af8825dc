package io.labelworth.learning.label;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Logits as little-endian IEEE 754 binary16: 2 bytes per class, eleven significant bits, rounded to
 * the nearest, ties to even.
 */
final class Fp16Codec implements LabelCodec {

    @Override
    public String name() {
        return "fp16";
    }

    @Override
    public byte[] encode(float[] logits) {
        ByteBuffer payload =
                ByteBuffer.allocate(logits.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float logit : logits) {
            short half = Half.fromFloat(logit);
            if (!Float.isFinite(Half.toFloat(half))) {
                throw new LabelException(
                        "a logit is "
                                + logit
                                + ", beyond fp16; use codec fp32 or another checkpoint");
            }
            payload.putShort(half);
        }
        return payload.array();
    }

    @Override
    public float[] decode(byte[] payload, int classes) {
        if (payload.length != classes * Short.BYTES) {
            throw new LabelException(
                    payload.length + " bytes are no fp16 label of " + classes + " classes");
        }
        ByteBuffer halves = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        float[] logits = new float[classes];
        for (int c = 0; c < classes; c++) {
            logits[c] = Half.toFloat(halves.getShort());
        }
        return logits;
    }
}
