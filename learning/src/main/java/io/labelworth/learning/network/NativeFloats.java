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

    /** libtorch aligns what it allocates to as many bytes, and its kernels may depend on it. */
    static final int ALIGNMENT_BYTES = 64;

    private final ByteBuffer bytes;
    private final FloatBuffer floats;

    /**
     * Memory of libtorch's, all zero, that goes with {@code manager}: Java gives its own native
     * memory back at some garbage collection only, and a labeler opens and closes many networks.
     */
    NativeFloats(PtNDManager manager, int size) {
        PtNDArray memory =
                JniUtils.createZerosNdArray(
                        manager,
                        new Shape(Math.max(1, size)),
                        DataType.FLOAT32,
                        Device.cpu(),
                        SparseFormat.DENSE);
        bytes = JniUtils.getByteBuffer(memory, true).order(ByteOrder.nativeOrder());
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

    /** A tensor on the memory from {@code start} on, which must outlive it. */
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
