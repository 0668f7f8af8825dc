package io.labelworth.bench.trainer;

import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.LogitGradient;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.TrainableNetwork;
import java.util.Map;

/**
 * A network that knows how long its forward and backward passes took, the loss between left out.
 */
final class TimedNetwork implements TrainableNetwork {

    private final TrainableNetwork network;
    private long nanos;

    TimedNetwork(TrainableNetwork network) {
        this.network = network;
    }

    /** Nanoseconds of forward and backward passes so far. */
    long nanos() {
        return nanos;
    }

    @Override
    public void train(float[] batch, int images, LogitGradient loss) {
        long[] inLoss = new long[1];
        long started = System.nanoTime();
        network.train(
                batch,
                images,
                (image, logits, gradient) -> {
                    long asked = System.nanoTime();
                    loss.gradient(image, logits, gradient);
                    inLoss[0] += System.nanoTime() - asked;
                });
        nanos += System.nanoTime() - started - inLoss[0];
    }

    @Override
    public StateDictShape shape() {
        return network.shape();
    }

    @Override
    public float[][] logits(float[] batch, int images) {
        return network.logits(batch, images);
    }

    @Override
    public int parameterFloats() {
        return network.parameterFloats();
    }

    @Override
    public void readParameters(float[] values) {
        network.readParameters(values);
    }

    @Override
    public void writeParameters(float[] values) {
        network.writeParameters(values);
    }

    @Override
    public void takeGradients(float[] values, float[] zeros) {
        network.takeGradients(values, zeros);
    }

    @Override
    public Map<String, FloatTensor> weights() {
        return network.weights();
    }

    @Override
    public void close() {
        network.close();
    }
}
