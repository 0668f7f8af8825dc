package io.labelworth.learning.network;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The paper's ConvNet on libtorch. Used by one thread at a time. Works on chunks of a batch: the
 * norm is per image, so a chunk changes nothing but the order in which gradients are added, and
 * what a chunk computes on stays in the processor's cache.
 */
public final class ConvNet implements Network, TrainableNetwork {

    /** Images of a chunk. Part of what decides the bits of a result. */
    static final int CHUNK = 32;

    private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

    private final ConvNetShape shape;
    private final Precision precision;
    private final PtNDManager manager;
    private final ParameterStore parameters;
    private final List<ConvStage> stages = new ArrayList<>();
    private final NativeFloats input;
    private final NativeFloats upstream;
    private final float[] image;

    /**
     * A network of its own copy of {@code weights}.
     *
     * @param trainable whether {@link #train} may be called
     */
    public ConvNet(ConvNetShape shape, Map<String, FloatTensor> weights, boolean trainable) {
        this(shape, weights, trainable, Precision.FP32);
    }

    private ConvNet(
            ConvNetShape shape,
            Map<String, FloatTensor> weights,
            boolean trainable,
            Precision precision) {
        this.shape = shape;
        this.precision = precision;
        manager = Torch.newManager();
        TorchPrecision arithmetic = TorchPrecision.of(precision, manager);
        parameters =
                new ParameterStore(manager, shape, WeightsFile.matched(weights, shape), trainable);
        for (int stage = 0; stage < shape.depth(); stage++) {
            stages.add(new ConvStage(shape, stage, CHUNK, parameters, arithmetic, manager));
        }
        input = new NativeFloats(manager, CHUNK * shape.inputFloats());
        upstream = new NativeFloats(manager, CHUNK * shape.classes());
        image = new float[shape.inputFloats()];
    }

    /**
     * A network of its own copy of {@code weights} that only runs forward, its convolutions in
     * {@code precision}.
     */
    static ConvNet forInference(
            ConvNetShape shape, Map<String, FloatTensor> weights, Precision precision) {
        return new ConvNet(shape, weights, false, precision);
    }

    /** Sizes of the network. */
    @Override
    public ConvNetShape shape() {
        return shape;
    }

    @Override
    public int imagesPerPass() {
        return CHUNK;
    }

    /**
     * Logits of {@code images} normalised images, without gradients. Every chunk is of one size,
     * the last one filled up with images that count for nothing: libtorch chooses its kernels by
     * size, and the bits of an image's logits must not depend on its company.
     *
     * @param batch the images one after the other, channel by channel
     * @return one row per image, one logit per class
     */
    @Override
    @SuppressWarnings("try")
    public float[][] logits(float[] batch, int images) {
        float[][] logits = new float[images][shape.classes()];
        for (int first = 0; first < images; first += CHUNK) {
            int count = Math.min(CHUNK, images - first);
            try (PtNDManager scope = manager.newSubManager(Device.cpu());
                    Torch.GradientScope gradients = Torch.gradients(false)) {
                put(batch, first, count);
                PtNDArray x = chunk(scope, CHUNK);
                for (ConvStage stage : stages) {
                    x = stage.forward(x, CHUNK);
                }
                read(classify(x, CHUNK), logits, first, count);
            }
        }
        return logits;
    }

    @Override
    @SuppressWarnings("try")
    public void train(float[] batch, int images, LogitGradient loss) {
        for (int first = 0; first < images; first += CHUNK) {
            int count = Math.min(CHUNK, images - first);
            try (PtNDManager scope = manager.newSubManager(Device.cpu());
                    Torch.GradientScope gradients = Torch.gradients(true)) {
                put(batch, first, count);
                trainChunk(chunk(scope, count), first, count, loss);
            }
        }
    }

    @Override
    public int parameterFloats() {
        return parameters.size();
    }

    @Override
    public void readParameters(float[] values) {
        parameters.read(values);
    }

    @Override
    public void writeParameters(float[] values) {
        parameters.write(values);
    }

    @Override
    public void takeGradients(float[] values, float[] zeros) {
        parameters.takeGradients(values, zeros);
    }

    @Override
    public Map<String, FloatTensor> weights() {
        return parameters.snapshot();
    }

    @Override
    public long bytesHeld() {
        long convolved = 0;
        long pooled = 0;
        for (int stage = 0; stage < shape.depth(); stage++) {
            long outputs = (long) shape.width() * shape.rows(stage) * shape.columns(stage);
            convolved += outputs;
            pooled += outputs / (ConvNetShape.POOL * ConvNetShape.POOL);
        }
        long inPrecision = parameters.size() + CHUNK * (convolved + pooled);
        return Float.BYTES
                        * (parameters.size() + CHUNK * (shape.inputFloats() + convolved + pooled))
                + (precision == Precision.BF16 ? Short.BYTES * inPrecision : 0);
    }

    @Override
    public void close() {
        manager.close();
    }

    private void trainChunk(PtNDArray images, int first, int count, LogitGradient loss) {
        List<PtNDArray> outputs = new ArrayList<>();
        PtNDArray x = images;
        for (ConvStage stage : stages) {
            x = stage.forward(x, count);
            JniUtils.attachGradient(x, true);
            outputs.add(x);
        }
        PtNDArray output = classify(x, count);
        float[][] logits = new float[count][shape.classes()];
        read(output, logits, 0, count);
        float[] gradient = new float[shape.classes()];
        for (int i = 0; i < count; i++) {
            loss.gradient(first + i, logits[i], gradient);
            upstream.put(i * shape.classes(), gradient);
        }
        PtNDArray upstreamTensor = upstream.tensor(images.getManager(), 0, count, shape.classes());
        JniUtils.backward(output, upstreamTensor, false, false);
        for (int stage = shape.depth() - 1; stage >= 0; stage--) {
            FloatBuffer pooled = NativeFloats.of(JniUtils.getGradient(outputs.get(stage)));
            stages.get(stage).backward(pooled, count);
        }
    }

    private PtNDArray classify(PtNDArray x, int images) {
        PtNDArray features =
                JniUtils.reshape(
                        JniUtils.permute(x, TO_CHANNELS_FIRST),
                        new long[] {images, shape.features()});
        return JniUtils.linear(
                features,
                parameters.tensor("classifier.weight"),
                parameters.tensor("classifier.bias"));
    }

    private void put(float[] batch, int first, int count) {
        int plane = shape.imageHeight() * shape.imageWidth();
        for (int i = 0; i < count; i++) {
            int start = (first + i) * image.length;
            for (int c = 0; c < shape.channels(); c++) {
                for (int pixel = 0; pixel < plane; pixel++) {
                    image[pixel * shape.channels() + c] = batch[start + c * plane + pixel];
                }
            }
            input.put(i * image.length, image);
        }
    }

    private PtNDArray chunk(PtNDManager scope, int images) {
        return input.tensor(
                scope, 0, images, shape.imageHeight(), shape.imageWidth(), shape.channels());
    }

    private static void read(PtNDArray output, float[][] logits, int first, int count) {
        FloatBuffer values = NativeFloats.of(output);
        for (int i = 0; i < count; i++) {
            values.get(logits[first + i]);
        }
    }
}
