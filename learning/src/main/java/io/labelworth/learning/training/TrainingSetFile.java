package io.labelworth.learning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.Torch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A set as one file of arrays, n images of v views (v = 1 unless each view has a label of its own)
 * in training order:
 *
 * <ul>
 *   <li>{@code images}: uint8 (n, channels, height, width), raw pixels; (n, v, ...) for views
 *   <li>{@code labels}: float32 (n, classes), the target that the student is trained on, treatments
 *       applied; (n, v, classes) for views
 *   <li>{@code classes}: int64 (n), the image's own class
 * </ul>
 */
public final class TrainingSetFile {

    private static final long MOST_BYTES = Integer.MAX_VALUE - 64L;

    private TrainingSetFile() {}

    /**
     * Writes NumPy's {@code .npz}.
     *
     * @param classes the images' own classes, in training order
     * @throws TrainingException when an array is larger than 2 GiB
     */
    public static void npz(TrainingSet set, long[] classes, DatasetInfo dataset, Path file)
            throws IOException {
        write(set, classes, dataset, file, NDList.Encoding.NPZ);
    }

    /** As {@link #npz}, in the safetensors format. */
    public static void safetensors(TrainingSet set, long[] classes, DatasetInfo dataset, Path file)
            throws IOException {
        write(set, classes, dataset, file, NDList.Encoding.SAFETENSORS);
    }

    private static void write(
            TrainingSet set,
            long[] classes,
            DatasetInfo dataset,
            Path file,
            NDList.Encoding encoding)
            throws IOException {
        try (NDManager manager = Torch.newManager();
                OutputStream out = Files.newOutputStream(file)) {
            NDList arrays = new NDList(images(set, dataset, manager), labels(set, manager));
            arrays.add(named("classes", manager.create(classes)));
            arrays.encode(out, encoding);
        }
    }

    private static NDArray images(TrainingSet set, DatasetInfo dataset, NDManager manager) {
        int n = set.size();
        int views = set.views();
        ByteBuffer pixels = buffer((long) n * views * dataset.imageBytes());
        byte[] image = new byte[dataset.imageBytes()];
        for (int i = 0; i < n; i++) {
            for (int view = 0; view < views; view++) {
                set.pixels().read(i, view, image);
                pixels.put(image);
            }
        }
        Shape one = new Shape(dataset.channels(), dataset.height(), dataset.width());
        return named(
                "images",
                manager.create(pixels.flip(), perView(n, views).addAll(one), DataType.UINT8));
    }

    private static NDArray labels(TrainingSet set, NDManager manager) {
        int n = set.size();
        int views = set.views();
        int classes = set.targets().classes();
        FloatBuffer targets = buffer((long) n * views * classes * Float.BYTES).asFloatBuffer();
        float[] target = new float[classes];
        for (int i = 0; i < n; i++) {
            for (int view = 0; view < views; view++) {
                set.targets().target(i, view, target);
                targets.put(target);
            }
        }
        return named("labels", manager.create(targets.flip(), perView(n, views).add(classes)));
    }

    private static Shape perView(int n, int views) {
        return views == 1 ? new Shape(n) : new Shape(n, views);
    }

    private static ByteBuffer buffer(long bytes) {
        if (bytes > MOST_BYTES) {
            throw new TrainingException(
                    "an array of "
                            + (bytes >> 20)
                            + " MiB is too large for one file; take a folder of images");
        }
        return ByteBuffer.allocate((int) bytes);
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }
}
