package io.labelworth.it.trainer;

import io.labelworth.learning.data.Candidate;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A set made of the topics and files in the plainest way, with none of the trainer's code. */
final class PlainSet {

    private static final int HEADER = 16;
    private static final int IMAGE_BYTES = 64;

    private final DistilledSet manifest;
    private final LabelsOnTheTopic labels;

    PlainSet(DistilledSet manifest, LabelsOnTheTopic labels) {
        this.manifest = manifest;
        this.labels = labels;
    }

    /** Logits of an image, by labelling in the order of the manifest. */
    List<double[]> logits(String imageId) {
        return stored(imageId).stream().map(PlainSet::logits).toList();
    }

    static double[] logits(SoftLabel label) {
        ByteBuffer payload = label.getLogits().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        double[] logits = new double[TinyDataset.CLASSES];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = payload.getFloat();
        }
        return logits;
    }

    /** Targets in training order, each made of its logits. */
    float[][] targets(Function<List<double[]>, double[]> treatment) {
        return manifest.getImageIds().stream()
                .map(image -> floats(treatment.apply(logits(image))))
                .toArray(float[][]::new);
    }

    /** Every field with its length before it, big-endian: image, class, codec, payload. */
    String digest() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String image : manifest.getImageIds()) {
            for (SoftLabel label : stored(image)) {
                field(digest, image.getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(4).putInt(0, label.getImageClass()));
                field(digest, label.getCodec().getName().getBytes(StandardCharsets.UTF_8));
                byte[] payload = new byte[label.getLogits().remaining()];
                label.getLogits().duplicate().get(payload);
                field(digest, payload);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    long labelBytes() {
        return manifest.getImageIds().stream()
                .flatMap(image -> stored(image).stream())
                .mapToLong(label -> label.getLogits().remaining())
                .sum();
    }

    /** Pixels in training order. */
    List<byte[]> pixels(Path root) throws IOException {
        byte[] file = Files.readAllBytes(root.resolve("tiny/train-images-idx3-ubyte"));
        Map<String, Candidate> candidates =
                TinyDataset.candidates(root).stream()
                        .collect(Collectors.toMap(Candidate::imageId, c -> c));
        List<byte[]> pixels = new ArrayList<>();
        for (String image : manifest.getImageIds()) {
            String uri = candidates.get(image).uri();
            int index = Integer.parseInt(uri.substring(uri.indexOf('#') + 1));
            byte[] one = new byte[IMAGE_BYTES];
            System.arraycopy(file, HEADER + index * IMAGE_BYTES, one, 0, IMAGE_BYTES);
            pixels.add(one);
        }
        return pixels;
    }

    /** Mean entropy in nats of targets that sum to 1. */
    static double meanEntropy(float[][] targets) {
        double sum = 0;
        for (float[] target : targets) {
            for (float p : target) {
                sum -= p > 0 ? p * Math.log(p) : 0;
            }
        }
        return sum / targets.length;
    }

    static double[] softmax(double[] logits, double temperature) {
        double[] exponentials = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            exponentials[c] = Math.exp(logits[c] / temperature);
            sum += exponentials[c];
        }
        for (int c = 0; c < logits.length; c++) {
            exponentials[c] /= sum;
        }
        return exponentials;
    }

    static double[] mean(double[] a, double[] b) {
        double[] mean = new double[a.length];
        for (int c = 0; c < a.length; c++) {
            mean[c] = (a[c] + b[c]) / 2;
        }
        return mean;
    }

    private List<SoftLabel> stored(String imageId) {
        return manifest.getLabellingIds().stream().map(l -> labels.label(l, imageId)).toList();
    }

    private static void field(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int c = 0; c < values.length; c++) {
            floats[c] = (float) values[c];
        }
        return floats;
    }
}
