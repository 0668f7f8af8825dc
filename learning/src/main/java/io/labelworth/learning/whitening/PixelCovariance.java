package io.labelworth.learning.whitening;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import java.util.stream.IntStream;

/**
 * Mean and covariance of the pixels of a split. Pixels are bytes, so their sums and the sums of
 * their products are whole numbers and exact: the same to the last bit in whatever order, and on
 * however many threads, they are taken.
 */
final class PixelCovariance {

    /** Images whose products are summed at once: 64 x 255 x 255 is far from the largest int. */
    private static final int BLOCK = 64;

    private static final int UNROLLED = 4;
    private static final double WHITE = 255;

    private final DatasetInfo info;
    private final long images;
    private final long[] sums;

    /** Row i holds the products of pixel i with pixels i, i + 1, ... */
    private final long[][] products;

    PixelCovariance(Split split, DatasetInfo info) {
        this.info = info;
        images = split.size();
        int floats = info.imageBytes();
        sums = new long[floats];
        products = new long[floats][];
        for (int i = 0; i < floats; i++) {
            products[i] = new long[floats - i];
        }
        int[][] block = new int[BLOCK][floats];
        byte[] raw = new byte[floats];
        for (int first = 0; first < split.size(); first += BLOCK) {
            for (int k = 0; k < BLOCK; k++) {
                // Images beyond the last are black, which adds nothing.
                if (first + k < split.size()) {
                    split.pixels(first + k, raw, 0);
                }
                for (int i = 0; i < floats; i++) {
                    block[k][i] = first + k < split.size() ? raw[i] & 0xFF : 0;
                    sums[i] += block[k][i];
                }
            }
            IntStream.range(0, floats).parallel().forEach(row -> add(block, row));
        }
    }

    /** Mean of a pixel after its channel's normalisation. */
    double mean(int pixel) {
        int channel = channel(pixel);
        return ((double) sums[pixel] / images / WHITE - info.mean().get(channel))
                / info.std().get(channel);
    }

    /** Covariance of two pixels after normalisation, i at most j: sum of products / (n - 1). */
    double covariance(int i, int j) {
        long numerator = images * products[i][j - i] - sums[i] * sums[j];
        double scale = WHITE * WHITE * info.std().get(channel(i)) * info.std().get(channel(j));
        return numerator / ((double) images * (images - 1)) / scale;
    }

    private int channel(int pixel) {
        return pixel / (info.height() * info.width());
    }

    private void add(int[][] block, int row) {
        int floats = sums.length;
        int[] sum = new int[floats - row];
        for (int k = 0; k < BLOCK; k += UNROLLED) {
            add(sum, row, block[k], block[k + 1], block[k + 2], block[k + 3]);
        }
        long[] into = products[row];
        for (int i = 0; i < sum.length; i++) {
            into[i] += sum[i];
        }
    }

    private static void add(int[] sum, int row, int[] a, int[] b, int[] c, int[] d) {
        int ofA = a[row];
        int ofB = b[row];
        int ofC = c[row];
        int ofD = d[row];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += ofA * a[row + i] + ofB * b[row + i] + ofC * c[row + i] + ofD * d[row + i];
        }
    }
}
