package io.labelworth.learning.network;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The paper's ConvNet on libtorch. Used by one thread at a time. Works on chunks of a batch: the
 * norm is per image, so a chunk changes nothing but the order in which gradients are added, and
 * what a chunk computes on stays in the processor's cache.
 */
public final class ConvNet implements AutoCloseable {

    /** Images of a chunk. Part of what decides the bits of a result. */
    static final int CHUNK = 32;

    private static final double NORM_EPSILON = 1e-5;
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape POOL = new Shape(ConvNetShape.POOL, ConvNetShape.POOL);
    private static final Shape UNPADDED = new Shape(0, 0);

    private final ConvNetShape shape;
    private final PtNDManager manager;
    private final ParameterStore parameters;
    private final ByteBuffer inputBytes;
    private final FloatBuffer input;
    private final ByteBuffer upstreamBytes;
    private final FloatBuffer upstream;
    private final Map<Integer, PtNDArray> unusedStatistics = new HashMap<>();

    /**
     * A network of its own copy of {@code weights}.
     *
     * @param trainable whether {@link #train} may be called
     */
    public ConvNet(ConvNetShape shape, Map<String, FloatTensor> weights, boolean trainable) {
        this.shape = shape;
        manager = Torch.newManager();
        parameters =
                new ParameterStore(manager, shape, WeightsFile.matched(weights, shape), trainable);
        inputBytes = direct(CHUNK * shape.inputFloats());
        input = inputBytes.asFloatBuffer();
        upstreamBytes = direct(CHUNK * shape.classes());
        upstream = upstreamBytes.asFloatBuffer();
    }

    /** Sizes of the network. */
    public ConvNetShape shape() {
        return shape;
    }

    /**
     * Logits of {@code images} normalised images, without gradients.
     *
     * @param batch the images one after the other
     * @return one row per image, one logit per class
     */
    public float[][] logits(float[] batch, int images) {
        float[][] logits = new float[images][shape.classes()];
        for (int first = 0; first < images; first += CHUNK) {
            int count = Math.min(CHUNK, images - first);
            try (PtNDManager scope = manager.newSubManager(Device.cpu())) {
                read(forward(chunk(scope, batch, first, count)), logits, first, count);
            }
        }
        return logits;
    }

    /**
     * One forward and backward pass: adds the gradients of the batch's loss to those held.
     *
     * @param loss receives the logits of an image and its place in the batch, writes the gradient
     *     of the loss with respect to them
     */
    @SuppressWarnings("try")
    public void train(float[] batch, int images, LogitGradient loss) {
        float[][] logits = new float[CHUNK][shape.classes()];
        float[] gradient = new float[shape.classes()];
        for (int first = 0; first < images; first += CHUNK) {
            int count = Math.min(CHUNK, images - first);
            try (PtNDManager scope = manager.newSubManager(Device.cpu());
                    Torch.GradientScope gradients = Torch.gradients()) {
                PtNDArray output = forward(chunk(scope, batch, first, count));
                read(output, logits, 0, count);
                for (int i = 0; i < count; i++) {
                    loss.gradient(first + i, logits[i], gradient);
                    upstream.put(i * shape.classes(), gradient);
                }
                PtNDArray upstreamArray =
                        wrap(scope, upstreamBytes, new Shape(count, shape.classes()));
                JniUtils.backward(output, upstreamArray, false, false);
            }
        }
    }

    /** Floats of the parameters as one block, padding included. */
    public int parameterFloats() {
        return parameters.size();
    }

    /** Copies the parameters, as one block, to {@code values}. */
    public void readParameters(float[] values) {
        parameters.read(values);
    }

    /** Sets the parameters, as one block. */
    public void writeParameters(float[] values) {
        parameters.write(values);
    }

    /**
     * Copies the gradients, laid out as the parameters, to {@code values}, and sets them to zero.
     */
    public void takeGradients(float[] values, float[] zeros) {
        parameters.takeGradients(values, zeros);
    }

    /** A copy of the weights, by state_dict name. */
    public Map<String, FloatTensor> weights() {
        return parameters.snapshot();
    }

    /** Native bytes held between calls: parameters, buffers and one chunk's largest activations. */
    public long bytesHeld() {
        long activation = (long) CHUNK * shape.width() * shape.rows(0) * shape.columns(0);
        long activationsAlive = 3;
        return Float.BYTES * (parameters.size() + input.capacity() + activationsAlive * activation);
    }

    @Override
    public void close() {
        manager.close();
    }

    private PtNDArray forward(PtNDArray chunk) {
        PtNDArray x = chunk;
        long images = chunk.getShape().get(0);
        for (int stage = 0; stage < shape.depth(); stage++) {
            String convolution = "features." + 4 * stage;
            Shape padding = new Shape(shape.padding(stage), shape.padding(stage));
            x =
                    JniUtils.convolution(
                            x,
                            parameters.tensor(convolution + ".weight"),
                            parameters.tensor(convolution + ".bias"),
                            ONE,
                            padding,
                            ONE,
                            1);
            x = instanceNorm(x, images, stage);
            x = JniUtils.avgPool(JniUtils.relu(x), POOL, POOL, UNPADDED, false, true);
        }
        return JniUtils.linear(
                JniUtils.reshape(x, new long[] {images, shape.features()}),
                parameters.tensor("classifier.weight"),
                parameters.tensor("classifier.bias"));
    }

    /**
     * One group per channel: batch norm over one "image" whose channels are all channels of all.
     */
    private PtNDArray instanceNorm(PtNDArray x, long images, int stage) {
        String norm = "features." + (4 * stage + 1);
        long[] tiles = {images};
        PtNDArray scale = JniUtils.tile(parameters.tensor(norm + ".weight"), tiles);
        PtNDArray shift = JniUtils.tile(parameters.tensor(norm + ".bias"), tiles);
        scale.attach(x.getManager());
        shift.attach(x.getManager());
        long rows = shape.rows(stage);
        long columns = shape.columns(stage);
        PtNDArray flat = JniUtils.reshape(x, new long[] {1, images * shape.width(), rows, columns});
        PtNDArray unused = unusedStatistics((int) images * shape.width());
        PtNDArray normalised =
                JniUtils.batchNorm(flat, unused, unused, scale, shift, true, 0, NORM_EPSILON);
        return JniUtils.reshape(normalised, new long[] {images, shape.width(), rows, columns});
    }

    private PtNDArray unusedStatistics(int channels) {
        return unusedStatistics.computeIfAbsent(
                channels, n -> (PtNDArray) manager.zeros(new Shape(n), DataType.FLOAT32));
    }

    private PtNDArray chunk(PtNDManager scope, float[] batch, int first, int count) {
        input.put(0, batch, first * shape.inputFloats(), count * shape.inputFloats());
        Shape size = new Shape(count, shape.channels(), shape.imageHeight(), shape.imageWidth());
        return wrap(scope, inputBytes, size);
    }

    private static void read(PtNDArray output, float[][] logits, int first, int count) {
        FloatBuffer values = JniUtils.getByteBuffer(output, true).asFloatBuffer();
        for (int i = 0; i < count; i++) {
            values.get(logits[first + i]);
        }
    }

    private static PtNDArray wrap(PtNDManager scope, ByteBuffer bytes, Shape shape) {
        return JniUtils.createNdFromByteBuffer(
                scope, bytes, shape, DataType.FLOAT32, SparseFormat.DENSE, Device.cpu());
    }

    private static ByteBuffer direct(int floats) {
        int alignment = 64;
        return ByteBuffer.allocateDirect(floats * Float.BYTES + alignment)
                .alignedSlice(alignment)
                .order(ByteOrder.nativeOrder());
    }

    /** The loss of one image, by its gradient with respect to the logits. */
    @FunctionalInterface
    public interface LogitGradient {
        /**
         * @param image its place in the batch
         * @param logits one per class
         * @param gradient receives one per class
         */
        void gradient(int image, float[] logits, float[] gradient);
    }
}
