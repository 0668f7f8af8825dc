package io.labelworth.learning.augment;

/** What families share: fractions of a side, and pixels that may lie outside. */
final class Sides {

    private Sides() {}

    /** {@code ratio} of {@code side}, rounded half up. */
    static int rounded(double ratio, int side) {
        return (int) StrictMath.floor(ratio * side + 0.5);
    }

    /** A pixel of an image that starts at 0; zero outside. */
    static float pixel(float[] image, ImageSize size, int channel, int row, int column) {
        if (row < 0 || row >= size.height() || column < 0 || column >= size.width()) {
            return 0;
        }
        return image[channel * size.plane() + row * size.width() + column];
    }
}
