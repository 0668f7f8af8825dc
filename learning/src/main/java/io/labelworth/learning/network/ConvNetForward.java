package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ConvNet's forward pass as operations of libtorch: on GPUs, and with norms other than the
 * paper's, for which {@link ConvNet} is faster on the processor. Batch norms are folded into the
 * convolutions. Closes activations as soon as it can.
 */
final class ConvNetForward implements TorchNetwork.Forward {

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
            String module = shape.convolution(stage);
            String norm = shape.norm(stage);
            int padding = shape.padding(stage);
            stages.add(
                    switch (shape.norm().kind()) {
                        case BATCH ->
                                new Stage(
                                        device.convolution(module, padding, norm), JniUtils::relu);
                        case NONE -> new Stage(device.convolution(module, padding), JniUtils::relu);
                        case INSTANCE, GROUP, LAYER ->
                                new Stage(
                                        device.convolution(module, padding),
                                        rectifiedNorm(
                                                device.fp32(norm + ".weight"),
                                                device.fp32(norm + ".bias")));
                    });
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

    private Rectified rectifiedNorm(PtNDArray gamma, PtNDArray beta) {
        return convolved -> {
            try (PtNDArray normed = norm(convolved, gamma, beta)) {
                return JniUtils.relu(normed);
            }
        };
    }

    private PtNDArray norm(PtNDArray x, PtNDArray gamma, PtNDArray beta) {
        StageNorm norm = shape.norm();
        if (norm.kind() == StageNorm.Kind.INSTANCE) {
            return NormOperations.instance(x, gamma, beta);
        }
        PtNDArray exact = precision.toFp32(x);
        PtNDArray normed =
                norm.kind() == StageNorm.Kind.GROUP
                        ? NormOperations.group(exact, norm.groups(), gamma, beta)
                        : NormOperations.layer(exact, gamma, beta);
        return precision.fromFp32(normed);
    }

    /** What follows a convolution, up to and with its ReLU; the convolution's output stays. */
    @FunctionalInterface
    private interface Rectified {
        PtNDArray of(PtNDArray convolved);
    }

    /** A stage with its weights. */
    private record Stage(Convolution convolution, Rectified rectified) {

        PtNDArray forward(PtNDArray input) {
            try (input;
                    PtNDArray convolved = convolution.of(input);
                    PtNDArray positive = rectified.of(convolved)) {
                return JniUtils.avgPool(positive, POOL, POOL, NONE, false, true);
            }
        }
    }
}
