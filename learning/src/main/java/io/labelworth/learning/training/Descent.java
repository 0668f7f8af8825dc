package io.labelworth.learning.training;

import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.run.Optimiser;

/** Steps a network's parameters, which are one block, against its gradients. */
final class Descent {

    private final TrainableNetwork network;
    private final UpdateRule rule;
    private final float[] weights;
    private final float[] gradients;
    private final float[] zeros;

    Descent(TrainableNetwork network, Optimiser optimiser) {
        this.network = network;
        int size = network.parameterFloats();
        rule = UpdateRule.of(optimiser, size);
        weights = new float[size];
        gradients = new float[size];
        zeros = new float[size];
        network.readParameters(weights);
    }

    /** Takes the network's gradients and steps against them. */
    void step(double learningRate) {
        network.takeGradients(gradients, zeros);
        rule.step(weights, gradients, learningRate);
        network.writeParameters(weights);
    }
}
