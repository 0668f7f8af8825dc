package io.labelworth.learning.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A trained network that labels images: logits of the un-augmented, normalised image. Used by one
 * thread at a time, not always the same.
 *
 * <p>On the processor, the logits of an image are the same to the last bit whatever else is in its
 * batch.
 */
public final class ExpertModel implements AutoCloseable {

    private static final int MIDDLE = 97;

    private final Network network;
    private final Normalizer normalizer;
    private final float[] pass;

    private ExpertModel(Network network, Normalizer normalizer) {
        this.network = network;
        this.normalizer = normalizer;
        this.pass = new float[network.imagesPerPass() * network.shape().inputFloats()];
    }

    /**
     * Loads an expert and tries it once on a few images. The file is read once, and its hash
     * checked before anything in it is used. A whitening is in a file of its own beside it, see
     * {@link Whitening}. A TorchScript file runs code of its author: the caller decides where such
     * may come from.
     *
     * @param sha256 expected hash of the file, lower-case hexadecimal
     * @throws ModelException when the file is missing, has another hash, does not fit its
     *     description or the device, or answers with something else than finite logits
     * @throws DeviceMemoryException when the device has too little memory left for it
     */
    public static ExpertModel load(
            Path file, String sha256, Description description, ComputeDevice device) {
        NetworkShape shape = description.requireFit(device);
        byte[] content = WeightsFile.verified(file, sha256);
        try {
            Normalizer normalizer =
                    Normalizer.of(description.preprocessing(), file.toAbsolutePath().getParent());
            normalizer.requireFit(shape.inputFloats());
            ExpertModel model =
                    new ExpertModel(
                            network(shape, content, description.precision(), device), normalizer);
            model.requireAnswers();
            return model;
        } catch (DeviceMemoryException e) {
            throw e;
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Logits of images given by their raw pixels.
     *
     * @param rawPixels unsigned bytes, channel by channel, one array per image
     * @return one row per image, one logit per class
     * @throws ModelException when an image has another size than the architecture's
     * @throws DeviceMemoryException when the device has too little memory left for so many images
     */
    public float[][] logits(List<byte[]> rawPixels) {
        int floats = imageBytes();
        float[][] logits = new float[rawPixels.size()][];
        for (int first = 0; first < logits.length; first += network.imagesPerPass()) {
            int count = Math.min(network.imagesPerPass(), logits.length - first);
            List<byte[]> images = rawPixels.subList(first, first + count);
            for (byte[] pixels : images) {
                if (pixels.length != floats) {
                    throw new ModelException(
                            "an image has " + pixels.length + " bytes, not " + floats);
                }
            }
            normalizer.normalize(count, images::get, pass);
            System.arraycopy(network.logits(pass, count), 0, logits, first, count);
        }
        return logits;
    }

    /** Logits per image. */
    public int classes() {
        return network.shape().classes();
    }

    /** Raw bytes of one image. */
    public int imageBytes() {
        return network.shape().inputFloats();
    }

    /**
     * Bytes this model takes while it labels: its weights (of a TorchScript module, its file), its
     * whitening and the buffers of a pass, in native memory or on its GPU. Activations are
     * estimated from the largest one (of a TorchScript module, from the size of its images); what
     * libtorch's kernels take for themselves in between is not counted.
     */
    public long bytesHeld() {
        return network.bytesHeld() + normalizer.bytesHeld() + (long) Float.BYTES * pass.length;
    }

    @Override
    public void close() {
        network.close();
    }

    private static Network network(
            NetworkShape shape, byte[] content, Precision precision, ComputeDevice device) {
        if (shape instanceof ModuleShape module) {
            return TorchNetwork.on(device, manager -> new ModuleForward(module, content, manager));
        }
        return Networks.forInference(
                (StateDictShape) shape, Safetensors.decode(content), precision, device);
    }

    /** Closes the model when it does not answer a black, a white and a striped image. */
    private void requireAnswers() {
        byte[] white = new byte[imageBytes()];
        Arrays.fill(white, (byte) 0xFF);
        byte[] stripes = new byte[imageBytes()];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i * MIDDLE);
        }
        try {
            for (float[] row : logits(List.of(new byte[imageBytes()], white, stripes))) {
                for (float logit : row) {
                    if (!Float.isFinite(logit)) {
                        throw new ModelException(
                                "it answers with " + logit + "; it is no usable expert");
                    }
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * What a file is said to hold.
     *
     * @param format of the file: torchscript for the architecture of that name, safetensors for
     *     every other
     * @param architecture with its input; see {@link Architecture#forDataset}
     * @param preprocessing of its images
     * @param precision arithmetic of the forward pass; a TorchScript module has its own, fp32 here
     */
    public record Description(
            WeightsFormat format,
            Architecture architecture,
            Preprocessing preprocessing,
            Precision precision) {

        /**
         * Checks the parts against each other and the device.
         *
         * @return the sizes of the network
         * @throws ModelException when they do not fit
         */
        NetworkShape requireFit(ComputeDevice device) {
            NetworkShape shape = NetworkShape.of(architecture);
            if (shape instanceof TableShape) {
                throw new ModelException(
                        "a label table is no network; it has no labels but its own");
            }
            boolean module = shape instanceof ModuleShape;
            if (format != (module ? WeightsFormat.TORCHSCRIPT : WeightsFormat.SAFETENSORS)) {
                throw new ModelException(
                        architecture.name() + " is not an architecture of " + format + " files");
            }
            if (module && precision != Precision.FP32) {
                throw new ModelException(
                        "a TorchScript module computes as it was saved; announce it as fp32");
            }
            if (preprocessing.mean().size() != shape.channels()) {
                throw new ModelException(
                        preprocessing + " is not for images of " + shape.channels() + " channels");
            }
            if (precision == Precision.BF16 && !device.hasBf16()) {
                throw new ModelException(
                        device + " does not compute in bf16; use another device, or fp32");
            }
            return shape;
        }
    }
}
