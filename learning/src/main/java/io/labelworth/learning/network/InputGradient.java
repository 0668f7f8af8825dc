package io.labelworth.learning.network;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Gradient of the first convolution's parameters: one matrix product of what each tap of the kernel
 * saw and the gradient of what came out. libtorch's own takes four times as long for one input
 * channel, a tenth of a whole step. Holds the images of the chunk that goes through the network.
 */
final class InputGradient {

    private static final int KERNEL = 3;

    private final int channels;
    private final int imageRows;
    private final int imageColumns;
    private final int padding;
    private final int rows;
    private final int columns;
    private final int width;
    private final int taps;
    private final NativeFloats seen;
    private final float[] plane;
    private final float[] weightGradient;
    private final float[] biasGradient;
    private final float[] sums;

    /**
     * Of the first stage of {@code shape}.
     *
     * @param chunk most images at once
     * @param manager what its memory goes with
     */
    InputGradient(ConvNetShape shape, int chunk, ParameterStore parameters, PtNDManager manager) {
        channels = shape.channels();
        imageRows = shape.imageHeight();
        imageColumns = shape.imageWidth();
        padding = shape.padding(0);
        rows = shape.rows(0);
        columns = shape.columns(0);
        width = shape.width();
        taps = channels * KERNEL * KERNEL;
        // One more, which sees 1 everywhere: its gradient is the bias's.
        seen = new NativeFloats(manager, (taps + 1) * chunk * rows * columns);
        plane = new float[rows * columns];
        weightGradient = parameters.ownGradient(shape.convolution(0) + ".weight");
        biasGradient = parameters.ownGradient(shape.convolution(0) + ".bias");
        sums = new float[width];
    }

    /**
     * Takes the images of a chunk.
     *
     * @param batch images one after the other, channel by channel
     * @param first the first to take
     */
    void see(float[] batch, int first, int images) {
        int imageFloats = channels * imageRows * imageColumns;
        for (int i = 0; i < images; i++) {
            for (int tap = 0; tap < taps; tap++) {
                int channel = tap / (KERNEL * KERNEL);
                int start = (first + i) * imageFloats + channel * imageRows * imageColumns;
                shift(batch, start, tap / KERNEL % KERNEL - padding, tap % KERNEL - padding);
                seen.put((tap * images + i) * plane.length, plane);
            }
        }
        Arrays.fill(plane, 1);
        for (int i = 0; i < images; i++) {
            seen.put((taps * images + i) * plane.length, plane);
        }
    }

    /** In {@link #plane}: one channel, moved by so many rows and columns, zeros from outside. */
    private void shift(float[] batch, int start, int down, int right) {
        int from = Math.max(0, -right);
        int to = Math.min(columns, imageColumns - right);
        for (int row = 0; row < rows; row++) {
            int line = row * columns;
            int source = row + down;
            if (source < 0 || source >= imageRows) {
                Arrays.fill(plane, line, line + columns, 0);
            } else {
                Arrays.fill(plane, line, line + from, 0);
                System.arraycopy(
                        batch,
                        start + source * imageColumns + from + right,
                        plane,
                        line + from,
                        to - from);
                Arrays.fill(plane, line + to, line + columns, 0);
            }
        }
    }

    /**
     * Adds the gradients of a chunk to those held.
     *
     * @param upstream gradient of what came out: images, rows, columns, channels
     */
    void add(PtNDArray upstream, int images) {
        long pixels = (long) images * plane.length;
        PtNDManager scope = upstream.getManager();
        PtNDArray inputs = seen.tensor(scope, 0, taps + 1, pixels);
        PtNDArray outputs = JniUtils.reshape(upstream, new long[] {pixels, width});
        FloatBuffer product = NativeFloats.of(JniUtils.matmul(inputs, outputs));
        for (int tap = 0; tap < taps; tap++) {
            product.get(sums);
            for (int output = 0; output < width; output++) {
                weightGradient[output * taps + tap] += sums[output];
            }
        }
        product.get(sums);
        for (int output = 0; output < width; output++) {
            biasGradient[output] += sums[output];
        }
    }
}
