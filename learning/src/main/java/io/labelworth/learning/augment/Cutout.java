package io.labelworth.learning.augment;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** A square of half the side at a random place, clipped at the border, set to zero. */
record Cutout(ImageSize size) implements Family {

    private static final double RATIO = 0.5;

    @Override
    public void apply(float[] batch, int start, UniformRandomProvider random) {
        int rows = Sides.rounded(RATIO, size.height());
        int columns = Sides.rounded(RATIO, size.width());
        // The centre, as the reference draws it: one place more where the square's side is even.
        int row = random.nextInt(size.height() + 1 - rows % 2);
        int column = random.nextInt(size.width() + 1 - columns % 2);
        erase(batch, start, row - rows / 2, column - columns / 2, rows, columns);
    }

    /** Sets {@code rows} x {@code columns} pixels from (top, left) on to zero. */
    void erase(float[] batch, int start, int top, int left, int rows, int columns) {
        int first = Math.max(0, left);
        int last = Math.min(size.width(), left + columns);
        for (int c = 0; c < size.channels(); c++) {
            int plane = start + c * size.plane();
            for (int r = Math.max(0, top); r < Math.min(size.height(), top + rows); r++) {
                int line = plane + r * size.width();
                Arrays.fill(batch, line + first, line + last, 0);
            }
        }
    }
}
