package io.labelworth.labeler;

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

/** Two classes of noisy 4 x 4 images in MNIST's file format, under a data root. */
final class TinyDataset {

    private static final int CLASSES = 2;
    private static final int SIDE = 4;
    private static final int IMAGES = 40;

    private TinyDataset() {}

    static Dataset write(Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("tiny"));
        List<SourceFile> files = new ArrayList<>();
        for (String part : List.of("train", "t10k")) {
            ByteBuffer pixels = ByteBuffer.allocate(16 + IMAGES * SIDE * SIDE);
            pixels.putInt(0x803).putInt(IMAGES).putInt(SIDE).putInt(SIDE);
            byte[] noise = new byte[IMAGES * SIDE * SIDE];
            new Random(part.length()).nextBytes(noise);
            pixels.put(noise);
            files.add(file(folder, part + "-images-idx3-ubyte", pixels));
            ByteBuffer classes = ByteBuffer.allocate(8 + IMAGES);
            classes.putInt(0x801).putInt(IMAGES);
            for (int i = 0; i < IMAGES; i++) {
                classes.put((byte) (i % CLASSES));
            }
            files.add(file(folder, part + "-labels-idx1-ubyte", classes));
        }
        DatasetInfo info =
                new DatasetInfo(
                        "tiny", "tiny-1", CLASSES, 1, SIDE, SIDE, List.of(0.5f), List.of(0.25f));
        return new Datasets(List.of(new DatasetSource(info, files, Optional.empty(), List.of())))
                .open("tiny", root);
    }

    private static SourceFile file(Path folder, String name, ByteBuffer content)
            throws IOException {
        Files.write(folder.resolve(name), content.array());
        return new SourceFile(name, Sha256.of(content.array()));
    }
}
