package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Norms that know nothing but the images at hand, as operations of libtorch, with gradients and
 * without. The images stay.
 */
final class NormOperations {

    static final double EPSILON = 1e-5;

    private NormOperations() {}

    /**
     * DJL has no instance norm: each channel of each image becomes a channel of one image, which a
     * batch norm in training mode then takes by itself.
     *
     * @param gamma one per channel, as {@code beta}
     */
    static PtNDArray instance(PtNDArray x, PtNDArray gamma, PtNDArray beta) {
        Shape sizes = JniUtils.getShape(x);
        long images = sizes.get(0);
        long channels = images * sizes.get(1);
        try (PtNDArray one =
                        JniUtils.reshape(x, new long[] {1, channels, sizes.get(2), sizes.get(3)});
                PtNDArray scale = JniUtils.tile(gamma, new long[] {images});
                PtNDArray shift = JniUtils.tile(beta, new long[] {images});
                PtNDArray runningMean = zeros(x, channels);
                PtNDArray runningVariance = zeros(x, channels);
                PtNDArray normed =
                        JniUtils.batchNorm(
                                one,
                                runningMean,
                                runningVariance,
                                scale,
                                shift,
                                true,
                                1,
                                EPSILON)) {
            return JniUtils.reshape(normed, sizes.getShape());
        }
    }

    /**
     * Group norm, which DJL has not either: a layer norm of each group, then a scale and a shift of
     * each channel.
     *
     * @param gamma one per channel, as {@code beta}
     */
    static PtNDArray group(PtNDArray x, int groups, PtNDArray gamma, PtNDArray beta) {
        Shape sizes = JniUtils.getShape(x);
        long values = sizes.size() / sizes.get(0) / groups;
        long[] perChannel = {sizes.get(1), 1, 1};
        try (PtNDArray rows = JniUtils.reshape(x, new long[] {sizes.get(0) * groups, values});
                PtNDArray ones = ones(x, values);
                PtNDArray zeros = zeros(x, values);
                PtNDArray normed =
                        JniUtils.layerNorm(rows, new Shape(values), ones, zeros, EPSILON);
                PtNDArray images = JniUtils.reshape(normed, sizes.getShape());
                PtNDArray scale = JniUtils.reshape(gamma, perChannel);
                PtNDArray shift = JniUtils.reshape(beta, perChannel);
                PtNDArray scaled = JniUtils.mul(images, scale)) {
            return JniUtils.add(scaled, shift);
        }
    }

    /**
     * Layer norm.
     *
     * @param gamma one per value of an image, as {@code beta}
     */
    static PtNDArray layer(PtNDArray x, PtNDArray gamma, PtNDArray beta) {
        return JniUtils.layerNorm(x, JniUtils.getShape(gamma), gamma, beta, EPSILON);
    }

    private static PtNDArray zeros(PtNDArray beside, long length) {
        PtNDManager manager = beside.getManager();
        return JniUtils.createZerosNdArray(
                manager,
                new Shape(length),
                DataType.FLOAT32,
                manager.getDevice(),
                SparseFormat.DENSE);
    }

    private static PtNDArray ones(PtNDArray beside, long length) {
        PtNDManager manager = beside.getManager();
        return JniUtils.createOnesNdArray(
                manager,
                new Shape(length),
                DataType.FLOAT32,
                manager.getDevice(),
                SparseFormat.DENSE);
    }
}
