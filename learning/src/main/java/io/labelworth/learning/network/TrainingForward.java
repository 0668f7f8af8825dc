package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;

/** A network's forward pass in training mode, as operations of libtorch that keep gradients. */
interface TrainingForward {

    Shape ONE = new Shape(1, 1);

    /**
     * Runs the network.
     *
     * @param images images, channels, rows, columns
     * @param parameters by state_dict name
     * @param statistics of its batch norms, which this pass adds to
     * @return images, classes
     */
    PtNDArray logits(
            PtNDArray images, Function<String, PtNDArray> parameters, BatchStatistics statistics);

    /** Pixels of a channel where a batch norm sees fewest of them; 0 where there is none. */
    int leastNormedPixels();

    /** The forward pass of {@code shape}. */
    static TrainingForward of(StateDictShape shape) {
        return shape instanceof ResNetShape resNet
                ? new ResNetTraining(resNet)
                : new ConvNetTraining((ConvNetShape) shape);
    }

    /** The linear layer {@code module} of what lies behind the images. */
    static PtNDArray linear(PtNDArray x, String module, Function<String, PtNDArray> parameters) {
        Shape sizes = JniUtils.getShape(x);
        long images = sizes.get(0);
        return JniUtils.linear(
                JniUtils.reshape(x, new long[] {images, sizes.size() / images}),
                parameters.apply(module + ".weight"),
                parameters.apply(module + ".bias"));
    }
}
