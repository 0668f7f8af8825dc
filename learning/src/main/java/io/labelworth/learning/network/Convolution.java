package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** A convolution whose weights are on a device. */
final class Convolution {

    private static final Shape ONE = new Shape(1, 1);

    private final PtNDArray kernel;
    private final PtNDArray bias;
    private final Shape stride;
    private final Shape padding;

    /**
     * A convolution.
     *
     * @param kernel outputs, inputs, rows, columns
     * @param bias outputs
     */
    Convolution(PtNDArray kernel, PtNDArray bias, int stride, int padding) {
        this.kernel = kernel;
        this.bias = bias;
        this.stride = new Shape(stride, stride);
        this.padding = new Shape(padding, padding);
    }

    /** The convolution of {@code images}, which stay. */
    PtNDArray of(PtNDArray images) {
        return JniUtils.convolution(images, kernel, bias, stride, padding, ONE, 1);
    }

    /** The positive part of the convolution of {@code images}, which are closed. */
    PtNDArray rectified(PtNDArray images) {
        try (images;
                PtNDArray convolved = of(images)) {
            return JniUtils.relu(convolved);
        }
    }
}
