package io.labelworth.learning.network;

import java.util.Map;

/**
 * A network in training. Used by one thread at a time. Its parameters and their gradients are each
 * one block of floats, laid out alike, which optimisers work on; what a batch norm counts by itself
 * is no part of them.
 */
public interface TrainableNetwork extends AutoCloseable {

    /**
     * A network of its own copy of {@code weights}: on the processor the ConvNet with instance norm
     * as the paper has it is {@link ConvNet}, and all else libtorch's automatic differentiation.
     *
     * @param weights by state_dict name
     * @throws ModelException when the weights do not fit, or the device cannot hold them
     */
    static TrainableNetwork of(
            StateDictShape shape, Map<String, FloatTensor> weights, ComputeDevice device) {
        return Networks.isFused(shape, device)
                ? new ConvNet((ConvNetShape) shape, weights, true)
                : AutogradNetwork.on(device, shape, weights);
    }

    /** Input and output. */
    StateDictShape shape();

    /**
     * One forward and backward pass: adds the gradients of the batch's loss to those held.
     *
     * @param batch normalised images one after the other, channel by channel
     * @param loss asked for each image's gradient once, in order
     * @throws ModelException when libtorch cannot run the network on the batch
     */
    void train(float[] batch, int images, LogitGradient loss);

    /**
     * Logits of {@code images} normalised images as the network is now, in evaluation mode.
     *
     * @param batch the images one after the other, channel by channel
     * @return one row per image, one logit per class
     */
    float[][] logits(float[] batch, int images);

    /** Floats of the parameters as one block, padding included. */
    int parameterFloats();

    /** Copies the parameters, as one block, to {@code values}. */
    void readParameters(float[] values);

    /** Sets the parameters, as one block. */
    void writeParameters(float[] values);

    /**
     * Copies the gradients, laid out as the parameters, to {@code values}, and sets them to zero.
     *
     * @param zeros as many as the longest parameter has, or more
     */
    void takeGradients(float[] values, float[] zeros);

    /** A copy of the weights, by state_dict name, running statistics included. */
    Map<String, FloatTensor> weights();

    @Override
    void close();
}
