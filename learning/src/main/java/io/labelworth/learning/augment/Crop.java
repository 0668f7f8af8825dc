package io.labelworth.learning.augment;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** Shift by whole pixels on both axes, at most an eighth of the side, zeros from outside. */
record Crop(ImageSize size) implements Family {

    private static final double RATIO = 0.125;

    @Override
    public void apply(float[] batch, int start, UniformRandomProvider random) {
        int down = Sides.rounded(RATIO, size.height());
        int right = Sides.rounded(RATIO, size.width());
        shift(
                batch,
                start,
                random.nextInt(2 * down + 1) - down,
                random.nextInt(2 * right + 1) - right);
    }

    /** The pixel at (row, column) becomes the one at (row + down, column + right). */
    void shift(float[] batch, int start, int down, int right) {
        float[] image = Arrays.copyOfRange(batch, start, start + size.floats());
        int i = start;
        for (int c = 0; c < size.channels(); c++) {
            for (int row = 0; row < size.height(); row++) {
                for (int column = 0; column < size.width(); column++) {
                    batch[i++] = Sides.pixel(image, size, c, row + down, column + right);
                }
            }
        }
    }
}
