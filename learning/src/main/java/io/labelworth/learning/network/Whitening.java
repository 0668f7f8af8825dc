package io.labelworth.learning.network;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.text.Decimals;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fitted ZCA whitening of images of d floats: y = (x - mean) W, W symmetric. Its file is
 * safetensors (matrix, d x d; mean, d), called after its hash, and lies beside the weights that
 * were trained through it. Safe to share between threads.
 */
public final class Whitening {

    /** Images that share a pass over the matrix, which is larger than a processor's caches. */
    private static final int IMAGES = 16;

    private static final String MATRIX = "matrix";
    private static final String MEAN = "mean";

    private final float[][] rows;
    private final float[] mean;
    private final byte[] content;
    private final Zca zca;

    /**
     * A whitening.
     *
     * @param eps it was fitted with
     * @param matrix d x d, row by row
     * @param mean of the normalised training images, d floats
     */
    public Whitening(double eps, float[] matrix, float[] mean) {
        int floats = mean.length;
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(MATRIX, new FloatTensor(List.of(floats, floats), matrix));
        tensors.put(MEAN, new FloatTensor(List.of(floats), mean));
        this.content = Safetensors.encode(tensors, Map.of("eps", Decimals.text(eps)));
        this.zca = new Zca(eps, Sha256.of(content));
        this.mean = mean.clone();
        this.rows = rows(matrix, floats);
    }

    /**
     * Reads the whitening {@code zca} names.
     *
     * @throws ModelException when it is not in {@code folder}, or is not what its name says
     */
    public static Whitening read(Path folder, Zca zca) {
        Path file = folder.resolve(zca.fileName());
        Map<String, FloatTensor> tensors =
                Safetensors.decode(WeightsFile.verified(file, zca.sha256()));
        FloatTensor matrix = tensors.get(MATRIX);
        FloatTensor mean = tensors.get(MEAN);
        boolean square =
                matrix != null
                        && mean != null
                        && tensors.size() == 2
                        && matrix.shape()
                                .equals(List.of(mean.values().length, mean.values().length));
        if (!square) {
            throw new ModelException(
                    file + " does not hold a square matrix and a mean; fit it again");
        }
        Whitening read = new Whitening(zca.eps(), matrix.values(), mean.values());
        if (!read.zca.equals(zca)) {
            throw new ModelException(file + " was fitted with another eps than " + zca.eps());
        }
        return read;
    }

    /** Writes its file to {@code folder} in one rename. */
    public void write(Path folder) {
        WeightsFile.writeAtomically(folder.resolve(zca.fileName()), content);
    }

    /** Which whitening this is. */
    public Zca zca() {
        return zca;
    }

    /** Floats of an image. */
    public int floats() {
        return mean.length;
    }

    long bytesHeld() {
        return content.length + (long) Float.BYTES * floats() * (floats() + 1);
    }

    /**
     * Whitens the first {@code count} images of {@code batch}; an image comes out the same to the
     * last bit whatever else is in its batch.
     */
    void apply(float[] batch, int count) {
        float[][] centred = new float[Math.min(IMAGES, count)][floats()];
        for (int first = 0; first < count; first += IMAGES) {
            apply(batch, first, Math.min(IMAGES, count - first), centred);
        }
    }

    private void apply(float[] batch, int first, int count, float[][] centred) {
        int floats = floats();
        for (int k = 0; k < count; k++) {
            int start = (first + k) * floats;
            for (int i = 0; i < floats; i++) {
                centred[k][i] = batch[start + i] - mean[i];
            }
            Arrays.fill(batch, start, start + floats, 0);
        }
        for (int row = 0; row < floats; row++) {
            for (int k = 0; k < count; k++) {
                add(centred[k][row], rows[row], batch, (first + k) * floats);
            }
        }
    }

    private static void add(float factor, float[] row, float[] into, int start) {
        for (int i = 0; i < row.length; i++) {
            into[start + i] += factor * row[i];
        }
    }

    private static float[][] rows(float[] matrix, int floats) {
        float[][] rows = new float[floats][];
        for (int row = 0; row < floats; row++) {
            rows[row] = Arrays.copyOfRange(matrix, row * floats, (row + 1) * floats);
        }
        return rows;
    }
}
