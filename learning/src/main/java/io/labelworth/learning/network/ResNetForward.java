package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forward pass of a ResNet, batch norms folded. Closes activations as soon as it can. */
final class ResNetForward implements TorchNetwork.Forward {

    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape THREE = new Shape(3, 3);

    /** Input, output and shortcut of a block. */
    private static final int ACTIVATIONS_AT_ONCE = 3;

    private final ResNetShape shape;
    private final ResNetPlan plan;
    private final TorchPrecision precision;
    private final Convolution stem;
    private final List<Block> blocks;
    private final LinearHead head;
    private final long weightBytes;

    ResNetForward(
            ResNetShape shape,
            Map<String, FloatTensor> weights,
            PtNDManager manager,
            Precision arithmetic) {
        this.shape = shape;
        plan = shape.plan();
        precision = TorchPrecision.of(arithmetic, manager);
        DeviceWeights device = new DeviceWeights(weights, manager, precision);
        stem = device.convolution(plan.stem());
        blocks =
                plan.blocks().stream()
                        .map(
                                block ->
                                        new Block(
                                                block.path().stream()
                                                        .map(device::convolution)
                                                        .toList(),
                                                block.shortcut().map(device::convolution)))
                        .toList();
        head = LinearHead.of(device, "fc", plan.features());
        weightBytes = device.bytes();
    }

    @Override
    public NetworkShape shape() {
        return shape;
    }

    @Override
    public PtNDArray logits(PtNDArray images) {
        PtNDArray x = stem.rectified(precision.fromFp32(images));
        if (plan.pooled()) {
            try (PtNDArray whole = x) {
                x = JniUtils.maxPool(whole, THREE, TWO, ONE, false);
            }
        }
        for (Block block : blocks) {
            x = block.forward(x);
        }
        return head.logits(JniUtils.adaptiveAvgPool(precision.toFp32(x), ONE));
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    @Override
    public long activationFloats() {
        return ACTIVATIONS_AT_ONCE
                * plan.convolutions().stream()
                        .mapToLong(NormedConvolution::outputFloats)
                        .max()
                        .orElseThrow();
    }

    /** A block with its weights. */
    private record Block(List<Convolution> path, Optional<Convolution> shortcut) {

        PtNDArray forward(PtNDArray input) {
            try (input;
                    PtNDArray beside = shortcut.map(s -> s.of(input)).orElse(input)) {
                PtNDArray x = path.get(0).of(input);
                for (Convolution next : path.subList(1, path.size())) {
                    try (PtNDArray before = x;
                            PtNDArray rectified = JniUtils.relu(before)) {
                        x = next.of(rectified);
                    }
                }
                try (PtNDArray sum = x) {
                    JniUtils.addi(sum, beside);
                    return JniUtils.relu(sum);
                }
            }
        }
    }
}
