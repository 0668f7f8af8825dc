package io.labelworth.bench.labeler;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Random grey images of {@value #SIDE} x {@value #SIDE} pixels in an IDX file, as Fashion-MNIST's
 * are, and references to them on image-refs. There may be more references than images in the file:
 * an image is read and its hash checked for each.
 */
final class BenchImages {

    static final int SIDE = 28;
    static final String DATASET = "bench";
    static final String VERSION = "bench-1";

    private static final String FILE = DATASET + "/images-idx3-ubyte";
    private static final int MAGIC = 0x803;
    private static final int HEADER_BYTES = 16;
    private static final int DISTINCT = 20_000;
    private static final int PER_TRANSACTION = 10_000;

    private final KafkaConnection kafka;
    private final int classes;
    private final String[] sha256 = new String[DISTINCT];
    private int references;

    /** Writes the file below {@code root}; there are no references yet. */
    BenchImages(KafkaConnection kafka, Path root, int classes) {
        this.kafka = kafka;
        this.classes = classes;
        byte[] pixels = pixels(DISTINCT);
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + pixels.length);
        file.putInt(MAGIC).putInt(DISTINCT).putInt(SIDE).putInt(SIDE).put(pixels);
        try {
            Files.createDirectories(root.resolve(DATASET));
            Files.write(root.resolve(FILE), file.array());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write images to " + root + ": " + e, e);
        }
        int bytes = SIDE * SIDE;
        for (int i = 0; i < DISTINCT; i++) {
            sha256[i] = Sha256.of(Arrays.copyOfRange(pixels, i * bytes, (i + 1) * bytes));
        }
    }

    /** Pixels of so many images, one after the other. */
    static byte[] pixels(int images) {
        byte[] pixels = new byte[images * SIDE * SIDE];
        new Random(1).nextBytes(pixels);
        return pixels;
    }

    /** References written so far. */
    int references() {
        return references;
    }

    /** Writes references until there are so many. */
    void growTo(int wanted) {
        try (EventProducer producer =
                EventProducer.transactional(
                        kafka.settings(), kafka.registry(), "ingest." + DATASET)) {
            while (references < wanted) {
                int end = Math.min(wanted, references + PER_TRANSACTION);
                int from = references;
                producer.inTransaction(
                        () -> {
                            for (int i = from; i < end; i++) {
                                send(producer, reference(i));
                            }
                        });
                references = end;
            }
        }
    }

    private static void send(EventProducer producer, ImageRef ref) {
        producer.send(
                Topics.IMAGE_REFS,
                Keys.imageRef(ref.getDataset(), ref.getSource(), ref.getImageId()),
                ref);
    }

    private ImageRef reference(int i) {
        return ImageRef.newBuilder()
                .setDataset(DATASET)
                .setDatasetVersion(VERSION)
                .setSplit("train")
                .setImageId("train-%08d".formatted(i))
                .setUri(FILE + "#" + i % DISTINCT)
                .setSha256(sha256[i % DISTINCT])
                .setImageClass(i % classes)
                .setRank(i / classes)
                .build();
    }
}
