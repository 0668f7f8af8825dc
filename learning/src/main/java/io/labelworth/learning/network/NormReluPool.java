package io.labelworth.learning.network;

import java.util.Arrays;

/**
 * Affine instance norm, ReLU and 2x2 average pool of one image in one go, forward and backward.
 *
 * <p>As separate libtorch operations they take as long as the convolutions between them, because
 * each reads and writes every activation. Images lie row by row, channels innermost, so that every
 * inner loop runs over a whole row of independent values, which the JIT compiler vectorises. Sums
 * run in a fixed order: the same input gives the same bits.
 *
 * <p>Used by one thread at a time: {@link #backward} needs what {@link #forward} of the same image
 * left in {@code mean} and {@code scale}, which the caller keeps.
 */
final class NormReluPool {

    private static final float EPSILON = 1e-5f;
    private static final float QUARTER = 0.25f;

    private final int height;
    private final int width;
    private final int channels;
    private final int rowFloats;
    private final int pooledHeight;
    private final int pooledWidth;

    private final float[] sums;
    private final float[] otherSums;
    private final float[] means;
    private final float[] slopes;
    private final float[] offsets;
    private final float[] row;
    private final float[] neighbours;
    private final float[] folded;
    private final float[] otherFolded;

    NormReluPool(int height, int width, int channels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        rowFloats = width * channels;
        pooledHeight = height / ConvNetShape.POOL;
        pooledWidth = width / ConvNetShape.POOL;
        sums = new float[rowFloats];
        otherSums = new float[rowFloats];
        means = new float[rowFloats];
        slopes = new float[rowFloats];
        offsets = new float[rowFloats];
        row = new float[rowFloats];
        neighbours = new float[rowFloats];
        folded = new float[channels];
        otherFolded = new float[channels];
    }

    /** A new image before: row by row, channels innermost. */
    float[][] newInput() {
        return new float[height][rowFloats];
    }

    /** Floats of an image after. */
    int outputFloats() {
        return pooledHeight * pooledWidth * channels;
    }

    /**
     * One image forward.
     *
     * @param x the image
     * @param gamma scale per channel
     * @param beta shift per channel
     * @param output receives the pooled image
     * @param mean receives the mean per channel
     * @param inverseStd receives 1 / sqrt(variance + 1e-5) per channel
     */
    void forward(
            float[][] x,
            float[] gamma,
            float[] beta,
            float[] output,
            float[] mean,
            float[] inverseStd) {
        statistics(x, mean, inverseStd);
        slopesAndOffsets(gamma, beta, mean, inverseStd);
        for (int pooledRow = 0; pooledRow < pooledHeight; pooledRow++) {
            addPositiveParts(x[2 * pooledRow], x[2 * pooledRow + 1]);
            addRightNeighbours();
            int out = pooledRow * pooledWidth * channels;
            for (int column = 0; column < pooledWidth; column++) {
                System.arraycopy(row, 2 * column * channels, output, out, channels);
                out += channels;
            }
        }
    }

    /**
     * One image backward.
     *
     * @param x the image, as forward
     * @param gradient of the pooled image
     * @param mean as forward left it
     * @param inverseStd as forward left it
     * @param gammaGradient receives what is added to the gradient of the scale
     * @param betaGradient receives what is added to the gradient of the shift
     * @param dx receives the gradient of the image
     */
    void backward(
            float[][] x,
            float[] gradient,
            float[] gamma,
            float[] beta,
            float[] mean,
            float[] inverseStd,
            float[] gammaGradient,
            float[] betaGradient,
            float[][] dx) {
        slopesAndOffsets(gamma, beta, mean, inverseStd);
        tile(mean, means);
        Arrays.fill(sums, 0);
        Arrays.fill(otherSums, 0);
        for (int y = 0; y < height; y++) {
            spread(gradient, y / 2);
            rectifierBackward(x[y], dx[y]);
        }
        fold(sums, folded);
        fold(otherSums, otherFolded);
        for (int c = 0; c < channels; c++) {
            betaGradient[c] += folded[c];
            gammaGradient[c] += otherFolded[c] * inverseStd[c];
        }
        normBackward(x, gamma, inverseStd, dx);
    }

    private void statistics(float[][] x, float[] mean, float[] inverseStd) {
        float pixels = height * width;
        Arrays.fill(sums, 0);
        for (float[] line : x) {
            add(line);
        }
        fold(sums, folded);
        for (int c = 0; c < channels; c++) {
            mean[c] = folded[c] / pixels;
        }
        tile(mean, means);
        Arrays.fill(sums, 0);
        for (float[] line : x) {
            addSquares(line);
        }
        fold(sums, folded);
        for (int c = 0; c < channels; c++) {
            inverseStd[c] = (float) (1 / Math.sqrt(folded[c] / pixels + EPSILON));
        }
    }

    private void add(float[] line) {
        for (int k = 0; k < rowFloats; k++) {
            sums[k] += line[k];
        }
    }

    private void addSquares(float[] line) {
        for (int k = 0; k < rowFloats; k++) {
            float centred = line[k] - means[k];
            sums[k] += centred * centred;
        }
    }

    private void slopesAndOffsets(float[] gamma, float[] beta, float[] mean, float[] inverseStd) {
        for (int c = 0; c < channels; c++) {
            folded[c] = gamma[c] * inverseStd[c];
            otherFolded[c] = beta[c] - mean[c] * folded[c];
        }
        tile(folded, slopes);
        tile(otherFolded, offsets);
    }

    /** Adds up two rows of the rectified norm. */
    private void addPositiveParts(float[] upper, float[] lower) {
        for (int k = 0; k < rowFloats; k++) {
            row[k] =
                    Math.max(slopes[k] * upper[k] + offsets[k], 0f)
                            + Math.max(slopes[k] * lower[k] + offsets[k], 0f);
        }
    }

    /** Makes each pixel of the row a quarter of the sum of it and the one to its right. */
    private void addRightNeighbours() {
        System.arraycopy(row, channels, neighbours, 0, rowFloats - channels);
        for (int k = 0; k < rowFloats; k++) {
            row[k] = (row[k] + neighbours[k]) * QUARTER;
        }
    }

    /** Gives each pixel of a row its pooled gradient; none to a row or column left over. */
    private void spread(float[] gradient, int pooledRow) {
        Arrays.fill(row, 0);
        if (pooledRow == pooledHeight) {
            return;
        }
        int from = pooledRow * pooledWidth * channels;
        for (int column = 0; column < pooledWidth; column++) {
            System.arraycopy(gradient, from, row, 2 * column * channels, channels);
            System.arraycopy(gradient, from, row, (2 * column + 1) * channels, channels);
            from += channels;
        }
    }

    private void rectifierBackward(float[] line, float[] dx) {
        for (int k = 0; k < rowFloats; k++) {
            float positivePart = Math.max(slopes[k] * line[k] + offsets[k], 0f);
            // 1 where it is above zero, without a branch: twice, so that a denormal becomes 1 too.
            float open = Math.min(positivePart * Float.MAX_VALUE, 1f);
            open = Math.min(open * Float.MAX_VALUE, 1f);
            dx[k] = row[k] * QUARTER * open;
        }
        for (int k = 0; k < rowFloats; k++) {
            sums[k] += dx[k];
        }
        for (int k = 0; k < rowFloats; k++) {
            otherSums[k] += dx[k] * (line[k] - means[k]);
        }
    }

    /** In {@code dx}: the gradient after the norm's scale and shift to that before the norm. */
    private void normBackward(float[][] x, float[] gamma, float[] inverseStd, float[][] dx) {
        float pixels = height * width;
        for (int c = 0; c < channels; c++) {
            float slope = gamma[c] * inverseStd[c];
            otherFolded[c] = -slope * inverseStd[c] * inverseStd[c] * otherFolded[c] / pixels;
            folded[c] = -slope * folded[c] / pixels;
        }
        tile(otherFolded, sums);
        tile(folded, offsets);
        for (int y = 0; y < height; y++) {
            scaleAndCentre(x[y], dx[y]);
        }
    }

    private void scaleAndCentre(float[] line, float[] dx) {
        for (int k = 0; k < rowFloats; k++) {
            dx[k] = slopes[k] * dx[k] + sums[k] * (line[k] - means[k]) + offsets[k];
        }
    }

    private void fold(float[] perPixel, float[] perChannel) {
        System.arraycopy(perPixel, 0, perChannel, 0, channels);
        for (int start = channels; start < rowFloats; start += channels) {
            for (int c = 0; c < channels; c++) {
                perChannel[c] += perPixel[start + c];
            }
        }
    }

    private void tile(float[] perChannel, float[] perPixel) {
        for (int start = 0; start < rowFloats; start += channels) {
            System.arraycopy(perChannel, 0, perPixel, start, channels);
        }
    }
}
