package io.labelworth.learning.network;

import java.nio.file.Path;
import java.util.List;

/**
 * A trained network that labels images: logits of the un-augmented, normalised image. Used by one
 * thread at a time.
 */
public final class ExpertModel implements AutoCloseable {

    private final ConvNet network;
    private final Normalizer normalizer;

    private ExpertModel(ConvNet network, Normalizer normalizer) {
        this.network = network;
        this.normalizer = normalizer;
    }

    /**
     * Loads an expert from a safetensors file, whose hash is checked before anything in it is used.
     *
     * @param sha256 expected hash of the file, lower-case hexadecimal
     * @param architecture with its input; see {@link Architecture#forDataset}
     * @throws ModelException when the file is missing, has another hash, or does not fit
     */
    public static ExpertModel load(
            Path weights, String sha256, Architecture architecture, Preprocessing preprocessing) {
        ConvNetShape shape = ConvNetShape.of(architecture);
        if (preprocessing.mean().size() != shape.channels()) {
            throw new ModelException(
                    preprocessing + " is not for images of " + shape.channels() + " channels");
        }
        return new ExpertModel(
                new ConvNet(shape, WeightsFile.read(weights, sha256, shape), false),
                new Normalizer(preprocessing));
    }

    /**
     * Logits of images given by their raw pixels.
     *
     * @param rawPixels unsigned bytes, channel by channel, one array per image
     * @return one row per image, one logit per class
     * @throws ModelException when an image has another size than the architecture's
     */
    public float[][] logits(List<byte[]> rawPixels) {
        int floats = network.shape().inputFloats();
        float[][] logits = new float[rawPixels.size()][];
        for (int first = 0; first < logits.length; first += ConvNet.CHUNK) {
            int count = Math.min(ConvNet.CHUNK, logits.length - first);
            float[] chunk = new float[count * floats];
            for (int i = 0; i < count; i++) {
                byte[] pixels = rawPixels.get(first + i);
                if (pixels.length != floats) {
                    throw new ModelException(
                            "an image has " + pixels.length + " bytes, not " + floats);
                }
                normalizer.normalize(pixels, chunk, i * floats);
            }
            System.arraycopy(network.logits(chunk, count), 0, logits, first, count);
        }
        return logits;
    }

    /** Logits per image. */
    public int classes() {
        return network.shape().classes();
    }

    /** Bytes of native memory this model takes. */
    public long bytesHeld() {
        return network.bytesHeld();
    }

    @Override
    public void close() {
        network.close();
    }
}
