package io.labelworth.bench.trainer;

import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.LogitGradient;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.TrainableNetwork;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/**
 * A network that knows what its forward and backward passes cost, the loss between them included.
 * In processor time of the calling thread, which is the same whatever else runs on the machine.
 */
final class TimedNetwork implements TrainableNetwork {

    private final TrainableNetwork network;
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private long nanos;

    TimedNetwork(TrainableNetwork network) {
        this.network = network;
    }

    /** Nanoseconds of processor time of forward and backward passes so far. */
    long nanos() {
        return nanos;
    }

    @Override
    public void train(float[] batch, int images, LogitGradient loss) {
        long started = clock.getCurrentThreadCpuTime();
        network.train(batch, images, loss);
        nanos += clock.getCurrentThreadCpuTime() - started;
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
