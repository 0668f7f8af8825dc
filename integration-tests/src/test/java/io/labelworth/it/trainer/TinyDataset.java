package io.labelworth.it.trainer;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.DatasetSource;
import io.labelworth.learning.data.DatasetSource.SourceFile;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Three classes of noisy 8 x 8 images in MNIST's file format, the same in every JVM. */
final class TinyDataset {

    static final String NAME = "tiny";
    static final String VERSION = "tiny-1";
    static final int CLASSES = 3;
    static final int POOL = 12;

    private static final int SIDE = 8;
    private static final int TRAIN = 120;
    private static final int TEST = 60;
    private static final List<String> FILES =
            List.of(
                    "train-images-idx3-ubyte",
                    "train-labels-idx1-ubyte",
                    "t10k-images-idx3-ubyte",
                    "t10k-labels-idx1-ubyte");

    private TinyDataset() {}

    /** Writes the files under a data root. */
    static void write(Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve(NAME));
        Random random = new Random(7);
        split(folder, FILES.get(0), FILES.get(1), TRAIN, random);
        split(folder, FILES.get(2), FILES.get(3), TEST, random);
    }

    /** The catalogue that knows this dataset only. */
    static Datasets datasets(Path root) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String name : FILES) {
            files.add(new SourceFile(name, Sha256.of(root.resolve(NAME).resolve(name))));
        }
        DatasetInfo info =
                new DatasetInfo(
                        NAME, VERSION, CLASSES, 1, SIDE, SIDE, List.of(0.5f), List.of(0.25f));
        return new Datasets(List.of(new DatasetSource(info, files, Optional.empty(), List.of())));
    }

    /** The candidate pool. */
    static List<Candidate> candidates(Path root) throws IOException {
        Dataset dataset = datasets(root).open(NAME, root);
        return dataset.candidates(POOL);
    }

    private static void split(Path folder, String images, String labels, int count, Random random)
            throws IOException {
        ByteBuffer pixels = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        pixels.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        ByteBuffer classes = ByteBuffer.allocate(8 + count);
        classes.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int imageClass = i % CLASSES;
            classes.put((byte) imageClass);
            for (int p = 0; p < SIDE * SIDE; p++) {
                boolean bright = p / SIDE % CLASSES == imageClass;
                pixels.put((byte) ((bright ? 150 : 30) + random.nextInt(100)));
            }
        }
        Files.write(folder.resolve(images), pixels.array());
        Files.write(folder.resolve(labels), classes.array());
    }
}
