package io.labelworth.it.labeler;

import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.schemas.event.ImageRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A dataset of 8 x 8 grey images in an IDX file, and references to them.
 *
 * @param root data root
 * @param dataset name, and folder in the root
 * @param refs a reference to every image, in order
 */
public record TinyImages(Path root, String dataset, List<ImageRef> refs) {

    static final int SIDE = 8;
    static final int CLASSES = 4;

    private static final int MAGIC = 0x803;

    public static TinyImages create(Path root, String dataset, int images) throws IOException {
        byte[] pixels = new byte[images * SIDE * SIDE];
        new Random(dataset.hashCode()).nextBytes(pixels);
        ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
        file.putInt(MAGIC).putInt(images).putInt(SIDE).putInt(SIDE).put(pixels);
        Files.createDirectories(root.resolve(dataset));
        Files.write(root.resolve(dataset).resolve("images"), file.array());
        List<ImageRef> refs = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            byte[] image = new byte[SIDE * SIDE];
            System.arraycopy(pixels, i * image.length, image, 0, image.length);
            refs.add(
                    ImageRef.newBuilder()
                            .setDataset(dataset)
                            .setDatasetVersion(version(dataset))
                            .setSplit("train")
                            .setImageId("train-%05d".formatted(i))
                            .setUri(dataset + "/images#" + i)
                            .setSha256(Sha256.of(image))
                            .setImageClass(i % CLASSES)
                            .setRank(i / CLASSES)
                            .build());
        }
        return new TinyImages(root, dataset, refs);
    }

    /** Versions are unique across datasets: the labelling id hashes the version, not the name. */
    static String version(String dataset) {
        return dataset + "-v1";
    }

    List<byte[]> pixels(List<ImageRef> of) throws ImageException {
        ImageStore store = new ImageStore(root);
        List<byte[]> pixels = new ArrayList<>();
        for (ImageRef ref : of) {
            pixels.add(store.read(ref.getUri(), ref.getSha256(), SIDE * SIDE));
        }
        return pixels;
    }
}
