package io.labelworth.learning.training;

import io.labelworth.learning.network.ConvNet;

/**
 * Stochastic gradient descent as PyTorch's: g += decay * w; v = momentum * v + g; w -= rate * v.
 * The velocity is free of the rate, so a decay of the rate acts at once.
 */
final class Sgd {

    private final ConvNet network;
    private final float momentum;
    private final float weightDecay;
    private final float[] weights;
    private final float[] gradients;
    private final float[] velocity;
    private final float[] zeros;

    Sgd(ConvNet network, double momentum, double weightDecay) {
        this.network = network;
        this.momentum = (float) momentum;
        this.weightDecay = (float) weightDecay;
        int size = network.parameterFloats();
        weights = new float[size];
        gradients = new float[size];
        velocity = new float[size];
        zeros = new float[size];
        network.readParameters(weights);
    }

    /** Takes the network's gradients and steps against them. */
    void step(double learningRate) {
        network.takeGradients(gradients, zeros);
        float rate = (float) learningRate;
        for (int i = 0; i < weights.length; i++) {
            float gradient = gradients[i] + weightDecay * weights[i];
            velocity[i] = momentum * velocity[i] + gradient;
            weights[i] -= rate * velocity[i];
        }
        network.writeParameters(weights);
    }
}
