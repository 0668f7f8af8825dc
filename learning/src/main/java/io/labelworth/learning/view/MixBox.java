package io.labelworth.learning.view;

import io.labelworth.learning.augment.ImageSize;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The box of another image that CutMix shows: of the share 1 - lambda of the area, lambda uniform
 * in [0, 1), around a uniform centre, cut off at the border (Yun et al. 2019, with alpha 1).
 */
record MixBox(int top, int bottom, int left, int right) {

    /** Draws lambda, then the centre's row, then its column. */
    static MixBox draw(ImageSize size, UniformRandomProvider random) {
        double ratio = Math.sqrt(1 - random.nextDouble());
        int height = (int) (size.height() * ratio);
        int width = (int) (size.width() * ratio);
        int row = random.nextInt(size.height());
        int column = random.nextInt(size.width());
        return new MixBox(
                Math.max(0, row - height / 2),
                Math.min(size.height(), row + height / 2),
                Math.max(0, column - width / 2),
                Math.min(size.width(), column + width / 2));
    }

    /** Copies the box of {@code from} to the same place of {@code into}. */
    void paste(byte[] from, byte[] into, ImageSize size) {
        for (int channel = 0; channel < size.channels(); channel++) {
            for (int row = top; row < bottom; row++) {
                int line = (channel * size.height() + row) * size.width();
                System.arraycopy(from, line + left, into, line + left, right - left);
            }
        }
    }
}
