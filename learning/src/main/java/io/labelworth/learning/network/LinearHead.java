package io.labelworth.learning.network;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The linear layer that ends a network, in float32.
 *
 * @param features values of an image that go in
 */
record LinearHead(PtNDArray weight, PtNDArray bias, long features) {

    static LinearHead of(DeviceWeights device, String module, long features) {
        return new LinearHead(
                device.fp32(module + ".weight"), device.fp32(module + ".bias"), features);
    }

    /** Logits, images by classes, of what the stages before give. */
    PtNDArray logits(PtNDArray pooled) {
        long[] flat = {JniUtils.getShape(pooled).get(0), features};
        return JniUtils.linear(JniUtils.reshape(pooled, flat), weight, bias);
    }
}
