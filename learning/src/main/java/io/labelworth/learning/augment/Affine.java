package io.labelworth.learning.augment;

import java.util.Arrays;

/**
 * Resamples images by an affine map, as PyTorch's affine_grid and grid_sample do with
 * align_corners=true: coordinates run from -1 at the centre of the first pixel to 1 at that of the
 * last; bilinear, zeros outside.
 */
record Affine(ImageSize size) {

    /**
     * The pixel at (x, y) becomes what lies at (xx * x + xy * y, yx * x + yy * y).
     *
     * @param xx with {@code xy}, {@code yx}, {@code yy}: the map, in normalised coordinates
     */
    void apply(float[] batch, int start, double xx, double xy, double yx, double yy) {
        float[] image = Arrays.copyOfRange(batch, start, start + size.floats());
        double halfWidth = (size.width() - 1) / 2.0;
        double halfHeight = (size.height() - 1) / 2.0;
        for (int row = 0; row < size.height(); row++) {
            double y = halfHeight == 0 ? 0 : row / halfHeight - 1;
            for (int column = 0; column < size.width(); column++) {
                double x = halfWidth == 0 ? 0 : column / halfWidth - 1;
                double sourceColumn = (xx * x + xy * y + 1) * halfWidth;
                double sourceRow = (yx * x + yy * y + 1) * halfHeight;
                int at = start + row * size.width() + column;
                sample(image, sourceRow, sourceColumn, batch, at);
            }
        }
    }

    private void sample(float[] image, double row, double column, float[] batch, int at) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        float down = (float) (row - top);
        float right = (float) (column - left);
        for (int c = 0; c < size.channels(); c++) {
            float above =
                    Sides.pixel(image, size, c, top, left) * (1 - right)
                            + Sides.pixel(image, size, c, top, left + 1) * right;
            float below =
                    Sides.pixel(image, size, c, top + 1, left) * (1 - right)
                            + Sides.pixel(image, size, c, top + 1, left + 1) * right;
            batch[at + c * size.plane()] = above * (1 - down) + below * down;
        }
    }
}
