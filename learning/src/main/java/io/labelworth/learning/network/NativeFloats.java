package io.labelworth.learning.network;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Native memory that Java writes and libtorch reads as tensors, without a copy. */
final class NativeFloats {

    /** libtorch aligns what it allocates to as many bytes; its kernels may depend on it. */
    static final int ALIGNMENT_BYTES = 64;

    private final ByteBuffer bytes;
    private final FloatBuffer floats;

    NativeFloats(int size) {
        int used = Math.multiplyExact(size, Float.BYTES);
        // An aligned slice ends at an aligned place too, hence room for two more.
        bytes =
                ByteBuffer.allocateDirect(Math.addExact(used, 2 * ALIGNMENT_BYTES))
                        .alignedSlice(ALIGNMENT_BYTES)
                        .order(ByteOrder.nativeOrder());
        floats = bytes.asFloatBuffer();
    }

    void put(int index, float[] values) {
        floats.put(index, values);
    }

    void put(int index, float[] values, int start, int count) {
        floats.put(index, values, start, count);
    }

    void get(int index, float[] values) {
        floats.get(index, values);
    }

    /** A tensor on the memory from {@code start} on; lives no longer than this does. */
    PtNDArray tensor(PtNDManager manager, int start, long... shape) {
        Shape size = new Shape(shape);
        ByteBuffer part =
                bytes.slice(start * Float.BYTES, Math.toIntExact(size.size()) * Float.BYTES)
                        .order(ByteOrder.nativeOrder());
        return JniUtils.createNdFromByteBuffer(
                manager, part, size, DataType.FLOAT32, SparseFormat.DENSE, Device.cpu());
    }

    /**
     * The values of a tensor; its own memory where it is contiguous, which goes with the tensor.
     */
    static FloatBuffer of(PtNDArray tensor) {
        return JniUtils.getByteBuffer(tensor, true).asFloatBuffer();
    }
}
