package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ConvNet's forward pass as operations of libtorch, for GPUs; on the processor {@link ConvNet}
 * is faster. Closes activations as soon as it can.
 */
final class ConvNetForward implements TorchNetwork.Forward {

    private static final double EPSILON = 1e-5;
    private static final Shape NONE = new Shape(0, 0);
    private static final Shape POOL = new Shape(ConvNetShape.POOL, ConvNetShape.POOL);

    /** Input and output of an operation, and the input of the convolution before. */
    private static final int ACTIVATIONS_AT_ONCE = 3;

    private final ConvNetShape shape;
    private final TorchPrecision precision;
    private final List<Stage> stages = new ArrayList<>();
    private final LinearHead head;
    private final long weightBytes;

    ConvNetForward(
            ConvNetShape shape,
            Map<String, FloatTensor> weights,
            PtNDManager manager,
            Precision arithmetic) {
        this.shape = shape;
        precision = TorchPrecision.of(arithmetic, manager);
        DeviceWeights device = new DeviceWeights(weights, manager, precision);
        for (int stage = 0; stage < shape.depth(); stage++) {
            stages.add(
                    new Stage(
                            device.convolution(shape.convolution(stage), shape.padding(stage)),
                            device.fp32(shape.norm(stage) + ".weight"),
                            device.fp32(shape.norm(stage) + ".bias")));
        }
        head = LinearHead.of(device, "classifier", shape.features());
        weightBytes = device.bytes();
    }

    @Override
    public NetworkShape shape() {
        return shape;
    }

    @Override
    public PtNDArray logits(PtNDArray images) {
        PtNDArray x = precision.fromFp32(images);
        for (Stage stage : stages) {
            x = stage.forward(x);
        }
        return head.logits(precision.toFp32(x));
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    @Override
    public long activationFloats() {
        return (long) ACTIVATIONS_AT_ONCE * shape.width() * shape.rows(0) * shape.columns(0);
    }

    /** A stage with its weights. */
    private record Stage(Convolution convolution, PtNDArray gamma, PtNDArray beta) {

        PtNDArray forward(PtNDArray input) {
            try (input;
                    PtNDArray convolved = convolution.of(input);
                    PtNDArray normed = norm(convolved);
                    PtNDArray rectified = JniUtils.relu(normed)) {
                return JniUtils.avgPool(rectified, POOL, POOL, NONE, false, true);
            }
        }

        /**
         * DJL has no instance norm: each channel of each image becomes a channel of one image,
         * which a batch norm in training mode then takes by itself.
         */
        private PtNDArray norm(PtNDArray x) {
            Shape sizes = JniUtils.getShape(x);
            long images = sizes.get(0);
            long channels = images * sizes.get(1);
            try (PtNDArray one =
                            JniUtils.reshape(
                                    x, new long[] {1, channels, sizes.get(2), sizes.get(3)});
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

        private static PtNDArray zeros(PtNDArray beside, long length) {
            PtNDManager manager = beside.getManager();
            return JniUtils.createZerosNdArray(
                    manager,
                    new Shape(length),
                    DataType.FLOAT32,
                    manager.getDevice(),
                    SparseFormat.DENSE);
        }
    }
}
