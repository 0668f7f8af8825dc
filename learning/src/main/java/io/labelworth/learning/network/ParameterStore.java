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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All parameters of a network in one block of native memory, each a tensor on its part of it. The
 * optimiser works on the block as one float array, which takes two copies instead of a dozen native
 * calls per parameter and step.
 */
final class ParameterStore {

    /** libtorch aligns what it allocates to as many bytes; its kernels may depend on it. */
    private static final int ALIGNMENT = 64;

    private final List<ConvNetShape.Parameter> parameters;
    private final int[] offsets;
    private final int size;
    private final FloatBuffer block;
    private final Map<String, PtNDArray> tensors = new LinkedHashMap<>();
    private FloatBuffer[] gradients;

    ParameterStore(
            PtNDManager manager,
            ConvNetShape shape,
            Map<String, FloatTensor> weights,
            boolean trainable) {
        parameters = shape.parameters();
        offsets = new int[parameters.size()];
        int end = 0;
        for (int p = 0; p < offsets.length; p++) {
            offsets[p] = end;
            end += roundUp(parameters.get(p).size());
        }
        size = end;
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(size * Float.BYTES + ALIGNMENT)
                        .alignedSlice(ALIGNMENT)
                        .order(ByteOrder.nativeOrder());
        block = bytes.asFloatBuffer();
        for (int p = 0; p < offsets.length; p++) {
            ConvNetShape.Parameter parameter = parameters.get(p);
            block.put(offsets[p], weights.get(parameter.name()).values());
            ByteBuffer part =
                    bytes.slice(offsets[p] * Float.BYTES, parameter.size() * Float.BYTES)
                            .order(ByteOrder.nativeOrder());
            PtNDArray tensor =
                    JniUtils.createNdFromByteBuffer(
                            manager,
                            part,
                            new Shape(parameter.shape().stream().mapToLong(n -> n).toArray()),
                            DataType.FLOAT32,
                            SparseFormat.DENSE,
                            Device.cpu());
            if (trainable) {
                JniUtils.attachGradient(tensor, true);
            }
            tensors.put(parameter.name(), tensor);
        }
    }

    /** Floats of the block, padding between parameters included. */
    int size() {
        return size;
    }

    PtNDArray tensor(String name) {
        return tensors.get(name);
    }

    void read(float[] values) {
        block.get(0, values);
    }

    void write(float[] values) {
        block.put(0, values);
    }

    /** Copies the gradients to {@code values}, laid out as the block, and sets them to zero. */
    void takeGradients(float[] values, float[] zeros) {
        if (gradients == null) {
            gradients = new FloatBuffer[offsets.length];
            for (int p = 0; p < offsets.length; p++) {
                // Backward passes add to these tensors in place, so their memory is looked up once.
                PtNDArray gradient = JniUtils.getGradient(tensors.get(parameters.get(p).name()));
                gradients[p] = JniUtils.getByteBuffer(gradient, true).asFloatBuffer();
            }
        }
        for (int p = 0; p < offsets.length; p++) {
            int length = parameters.get(p).size();
            gradients[p].get(0, values, offsets[p], length);
            gradients[p].put(0, zeros, 0, length);
        }
    }

    Map<String, FloatTensor> snapshot() {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (int p = 0; p < offsets.length; p++) {
            float[] values = new float[parameters.get(p).size()];
            block.get(offsets[p], values);
            weights.put(
                    parameters.get(p).name(), new FloatTensor(parameters.get(p).shape(), values));
        }
        return weights;
    }

    private static int roundUp(int floats) {
        int step = ALIGNMENT / Float.BYTES;
        return (floats + step - 1) / step * step;
    }
}
