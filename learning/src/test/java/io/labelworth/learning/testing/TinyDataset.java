package io.labelworth.learning.testing;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.DatasetSource;
import io.labelworth.learning.data.DatasetSource.SourceFile;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.random.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A small dataset in Fashion-MNIST's exact format that a network can learn: each class is a bright
 * square at its own place, in noise. Made by the tests that need it.
 */
public final class TinyDataset {

    public static final String NAME = "tiny";
    public static final int CLASSES = 4;
    public static final int SIDE = 12;

    private static final int IMAGE_MAGIC = 0x803;
    private static final int LABEL_MAGIC = 0x801;

    private TinyDataset() {}

    /** Writes the files to {@code root/tiny/} and opens them. */
    public static Dataset create(Path root, int trainPerClass, int testPerClass) {
        write(root.resolve(NAME), trainPerClass, testPerClass);
        return datasets(root.resolve(NAME)).open(NAME, root);
    }

    /** A catalogue of this dataset alone, its hashes those of the files in {@code folder}. */
    public static Datasets datasets(Path folder) {
        return new Datasets(List.of(source(folder, List.of())));
    }

    /** The dataset, its hashes those of the files in {@code folder}. */
    public static DatasetSource source(Path folder, List<URI> mirrors) {
        List<SourceFile> files =
                List.of(
                        file(folder, "train-images-idx3-ubyte"),
                        file(folder, "train-labels-idx1-ubyte"),
                        file(folder, "t10k-images-idx3-ubyte"),
                        file(folder, "t10k-labels-idx1-ubyte"));
        DatasetInfo info =
                new DatasetInfo(
                        NAME, "tiny-1", CLASSES, 1, SIDE, SIDE, List.of(0.3f), List.of(0.3f));
        return new DatasetSource(info, files, Optional.empty(), mirrors);
    }

    /** Writes the four files to {@code folder}. */
    public static void write(Path folder, int trainPerClass, int testPerClass) {
        writeSplit(folder, "train", trainPerClass * CLASSES, 1);
        writeSplit(folder, "t10k", testPerClass * CLASSES, 2);
    }

    private static void writeSplit(Path folder, String name, int images, long seed) {
        UniformRandomProvider random = Seeds.stream(seed, "tiny");
        ByteBuffer pixels = ByteBuffer.allocate(16 + images * SIDE * SIDE);
        pixels.putInt(IMAGE_MAGIC).putInt(images).putInt(SIDE).putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + images);
        labels.putInt(LABEL_MAGIC).putInt(images);
        for (int i = 0; i < images; i++) {
            int imageClass = i % CLASSES;
            labels.put((byte) imageClass);
            int top = imageClass / 2 * (SIDE / 2);
            int left = imageClass % 2 * (SIDE / 2);
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    boolean bright =
                            row >= top
                                    && row < top + SIDE / 2
                                    && column >= left
                                    && column < left + SIDE / 2;
                    pixels.put((byte) (random.nextInt(100) + (bright ? 100 : 0)));
                }
            }
        }
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + "-images-idx3-ubyte"), pixels.array());
            Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile file(Path folder, String name) {
        try {
            return new SourceFile(name, Sha256.of(folder.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
