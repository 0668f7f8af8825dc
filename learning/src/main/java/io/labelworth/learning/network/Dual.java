package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * What flows through a network, and its derivative when the weights move in a direction. Both are
 * differentiable by libtorch; every result goes with the manager of {@code value}.
 *
 * @param value images first
 * @param tangent derivative, of the same shape; null where the value does not move
 */
record Dual(PtNDArray value, PtNDArray tangent) {

    private static final double EPSILON = 1e-5;
    private static final Shape NONE = new Shape(0, 0);
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape POOL = new Shape(ConvNetShape.POOL, ConvNetShape.POOL);

    /** The product rule for x * kernel + bias. */
    Dual convolved(Dual kernel, Dual bias, int padding) {
        Shape padded = new Shape(padding, padding);
        PtNDArray moved =
                JniUtils.convolution(value, kernel.tangent, bias.tangent, ONE, padded, ONE, 1);
        if (tangent != null) {
            PtNDArray carried =
                    JniUtils.convolution(tangent, kernel.value, null, ONE, padded, ONE, 1);
            moved = JniUtils.add(carried, moved);
        }
        return new Dual(
                JniUtils.convolution(value, kernel.value, bias.value, ONE, padded, ONE, 1), moved);
    }

    /**
     * Instance norm: with h = (x - mean) / sigma, h' = (x' - mean(x') - h mean(h x')) / sigma, each
     * mean over an image's channel.
     */
    Dual normed(Dual gamma, Dual beta) {
        Shape sizes = JniUtils.getShape(value);
        long channels = sizes.get(1);
        long[] flat = {sizes.get(0), channels, sizes.get(2) * sizes.get(3)};
        PtNDArray x = centred(JniUtils.reshape(value, flat));
        PtNDArray sigma =
                JniUtils.sqrt(JniUtils.add(mean(JniUtils.mul(x, x)), scalar(value, EPSILON)));
        PtNDArray h = JniUtils.div(x, sigma);
        PtNDArray moved = centred(JniUtils.reshape(tangent, flat));
        PtNDArray along = JniUtils.mul(h, mean(JniUtils.mul(h, moved)));
        PtNDArray dh = JniUtils.div(JniUtils.sub(moved, along), sigma);
        PtNDArray result = add(JniUtils.mul(h, row(gamma.value)), row(beta.value));
        PtNDArray change =
                add(
                        JniUtils.mul(dh, row(gamma.value)),
                        add(JniUtils.mul(h, row(gamma.tangent)), row(beta.tangent)));
        return new Dual(
                JniUtils.reshape(result, sizes.getShape()),
                JniUtils.reshape(change, sizes.getShape()));
    }

    /** The positive part, of slope 0 at 0 as PyTorch's. */
    Dual rectified() {
        PtNDArray positive =
                JniUtils.to(
                        JniUtils.gt(value, scalar(value, 0)),
                        DataType.FLOAT32,
                        value.getManager().getDevice());
        return new Dual(JniUtils.relu(value), JniUtils.mul(tangent, positive));
    }

    Dual pooled() {
        return new Dual(pooled(value), pooled(tangent));
    }

    /** The linear layer over {@code features} values per image. */
    Dual linear(Dual weight, Dual bias, long features) {
        long[] flat = {JniUtils.getShape(value).get(0), features};
        PtNDArray x = JniUtils.reshape(value, flat);
        PtNDArray moved = JniUtils.linear(x, weight.tangent, bias.tangent);
        PtNDArray carried = JniUtils.linear(JniUtils.reshape(tangent, flat), weight.value, null);
        return new Dual(JniUtils.linear(x, weight.value, bias.value), add(carried, moved));
    }

    private static PtNDArray add(PtNDArray a, PtNDArray b) {
        return JniUtils.add(a, b);
    }

    private static PtNDArray pooled(PtNDArray x) {
        return JniUtils.avgPool(x, POOL, POOL, NONE, false, true);
    }

    private static PtNDArray mean(PtNDArray x) {
        return JniUtils.mean(x, 2, true);
    }

    private static PtNDArray centred(PtNDArray x) {
        return JniUtils.sub(x, mean(x));
    }

    /** One value per channel, as what is over images, channels and pixels takes it. */
    private static PtNDArray row(PtNDArray perChannel) {
        return JniUtils.reshape(perChannel, new long[] {1, -1, 1});
    }

    private static PtNDArray scalar(PtNDArray beside, double value) {
        PtNDManager manager = beside.getManager();
        return JniUtils.full(
                manager,
                new Shape(1),
                value,
                DataType.FLOAT32,
                manager.getDevice(),
                SparseFormat.DENSE);
    }
}
