package io.labelworth.learning.network;

import java.util.Map;

/** Which code runs a network forward. */
final class Networks {

    private Networks() {}

    /**
     * A network of its own copy of {@code weights} that only runs forward.
     *
     * @throws ModelException when the weights do not fit, or libtorch cannot make it
     */
    static Network forInference(
            StateDictShape shape,
            Map<String, FloatTensor> weights,
            Precision precision,
            ComputeDevice device) {
        Map<String, FloatTensor> matched = WeightsFile.matched(weights, shape);
        if (shape instanceof ResNetShape resNet) {
            return TorchNetwork.on(
                    device, manager -> new ResNetForward(resNet, matched, manager, precision));
        }
        ConvNetShape convNet = (ConvNetShape) shape;
        return isFused(convNet, device)
                ? ConvNet.forInference(convNet, matched, precision)
                : TorchNetwork.on(
                        device,
                        manager -> new ConvNetForward(convNet, matched, manager, precision));
    }

    /** Whether {@link ConvNet} is what runs it: its norm is the paper's, in one pass on the CPU. */
    static boolean isFused(StateDictShape shape, ComputeDevice device) {
        return shape instanceof ConvNetShape convNet
                && convNet.norm().equals(StageNorm.INSTANCE)
                && !device.isGpu();
    }
}
