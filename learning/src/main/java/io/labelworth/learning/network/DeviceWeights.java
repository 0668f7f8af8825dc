package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;

/** Puts weights on a device, in the precision of a network. */
final class DeviceWeights {

    private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

    private final Map<String, FloatTensor> weights;
    private final PtNDManager manager;
    private final TorchPrecision precision;
    private long bytes;

    /**
     * Weights for tensors that live as long as {@code manager}.
     *
     * @param weights by state_dict name
     */
    DeviceWeights(Map<String, FloatTensor> weights, PtNDManager manager, TorchPrecision precision) {
        this.weights = weights;
        this.manager = manager;
        this.precision = precision;
    }

    /** Bytes of all tensors made so far. */
    long bytes() {
        return bytes;
    }

    /** The tensor called {@code name} in float32. */
    PtNDArray fp32(String name) {
        FloatTensor tensor = weights.get(name);
        bytes += Float.BYTES * (long) tensor.values().length;
        return onDevice(tensor, manager);
    }

    /** A convolution with its own bias. */
    Convolution convolution(String module, int padding) {
        FloatTensor kernel = weights.get(module + ".weight");
        float[] bias = weights.get(module + ".bias").values();
        return convolution(kernel.values(), kernel, bias, 1, padding);
    }

    /** A convolution with its own bias and the batch norm {@code norm} behind it. */
    Convolution convolution(String module, int padding, String norm) {
        FloatTensor kernel = weights.get(module + ".weight");
        return folded(kernel, weights.get(module + ".bias").values(), norm, 1, padding);
    }

    /** A convolution without bias and the batch norm behind it. */
    Convolution convolution(NormedConvolution sizes) {
        FloatTensor kernel = weights.get(sizes.convolution() + ".weight");
        float[] none = new float[sizes.outputs()];
        return folded(kernel, none, sizes.norm(), sizes.stride(), sizes.padding());
    }

    /** In inference a batch norm is a scale and a shift per channel, which weights can take in. */
    private Convolution folded(
            FloatTensor kernel, float[] bias, String norm, int stride, int padding) {
        float[] gamma = weights.get(norm + ".weight").values();
        float[] beta = weights.get(norm + ".bias").values();
        float[] mean = weights.get(norm + Parameter.MEAN).values();
        float[] variance = weights.get(norm + Parameter.VARIANCE).values();
        float[] values = kernel.values().clone();
        float[] shift = new float[gamma.length];
        int perChannel = values.length / shift.length;
        for (int c = 0; c < shift.length; c++) {
            double scale = gamma[c] / Math.sqrt(variance[c] + NormOperations.EPSILON);
            shift[c] = (float) (beta[c] - (mean[c] - bias[c]) * scale);
            for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
                values[i] = (float) (values[i] * scale);
            }
        }
        return convolution(values, kernel, shift, stride, padding);
    }

    /** Float32 values of {@code tensor} on the device of {@code manager}, with which they go. */
    static PtNDArray onDevice(FloatTensor tensor, PtNDManager manager) {
        return onDevice(tensor.values(), manager, lengths(tensor));
    }

    private Convolution convolution(
            float[] values, FloatTensor kernel, float[] bias, int stride, int padding) {
        int outputs = kernel.shape().get(0);
        int inputs = kernel.shape().get(1);
        int rows = kernel.shape().get(2);
        int columns = kernel.shape().get(3);
        float[] channelsLast = channelsLast(values, outputs, inputs, rows * columns);
        PtNDArray stored = inPrecision(channelsLast, outputs, rows, columns, inputs);
        return new Convolution(
                JniUtils.permute(stored, TO_CHANNELS_FIRST),
                inPrecision(bias, outputs),
                stride,
                padding);
    }

    private PtNDArray inPrecision(float[] values, long... shape) {
        PtNDArray exact = onDevice(values, manager, shape);
        PtNDArray rounded = precision.fromFp32(exact);
        bytes += (long) values.length * precision.bytes();
        if (rounded != exact) {
            exact.close();
        }
        return rounded;
    }

    private static PtNDArray onDevice(float[] values, PtNDManager manager, long... shape) {
        try (PtNDManager scope = manager.newSubManager(ComputeDevice.CPU.djl())) {
            NativeFloats memory = new NativeFloats(scope, values.length);
            memory.put(0, values);
            try (PtNDArray there = memory.tensor(manager, 0, shape);
                    PtNDArray moved = JniUtils.to(there, DataType.FLOAT32, manager.getDevice())) {
                // On the processor nothing moves, and the memory goes with the scope.
                return JniUtils.clone(moved);
            }
        }
    }

    /** Libtorch copies a kernel that lies otherwise at each call. */
    private static float[] channelsLast(float[] values, int outputs, int inputs, int pixels) {
        float[] last = new float[values.length];
        for (int output = 0; output < outputs; output++) {
            int start = output * inputs * pixels;
            for (int input = 0; input < inputs; input++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    last[start + pixel * inputs + input] = values[start + input * pixels + pixel];
                }
            }
        }
        return last;
    }

    private static long[] lengths(FloatTensor tensor) {
        return tensor.shape().stream().mapToLong(length -> length).toArray();
    }
}
