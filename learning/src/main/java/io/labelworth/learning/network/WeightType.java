package io.labelworth.learning.network;

import io.labelworth.learning.label.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Types of weights in a safetensors file, by their name there. Each is exact in float32. */
enum WeightType {
    F32(Float.BYTES) {
        @Override
        float next(ByteBuffer from) {
            return from.getFloat();
        }
    },
    F16(Short.BYTES) {
        @Override
        float next(ByteBuffer from) {
            return Half.toFloat(from.getShort());
        }
    },
    BF16(Short.BYTES) {
        @Override
        float next(ByteBuffer from) {
            return Float.intBitsToFloat(from.getShort() << Short.SIZE);
        }
    };

    private final int bytes;

    WeightType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of a value. */
    int bytes() {
        return bytes;
    }

    /** All values of {@code data}, as float32. */
    float[] read(ByteBuffer data) {
        ByteBuffer from = data.order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[from.remaining() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(from);
        }
        return values;
    }

    abstract float next(ByteBuffer from);
}
