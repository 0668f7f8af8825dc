package io.labelworth.learning.view;

import io.labelworth.learning.augment.ImageSize;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Part of an image at the image's size, left and right exchanged or not: torchvision's
 * RandomResizedCrop, bilinear, and RandomHorizontalFlip.
 */
record ResizedCrop(int top, int left, int height, int width, boolean flipped) {

    private static final int TRIES = 10;
    private static final double WIDEST = 4.0 / 3;

    /**
     * Draws a crop of a share of the area, uniform in [{@code leastArea}, 1], and of an aspect,
     * log-uniform in [3/4, 4/3]; the middle of the image when ten such did not fit in it.
     */
    static ResizedCrop draw(ImageSize size, double leastArea, UniformRandomProvider random) {
        boolean flipped = random.nextBoolean();
        double pixels = (double) size.height() * size.width();
        double widest = StrictMath.log(WIDEST);
        for (int i = 0; i < TRIES; i++) {
            double area = pixels * (leastArea + (1 - leastArea) * random.nextDouble());
            double aspect = StrictMath.exp(widest * (2 * random.nextDouble() - 1));
            int width = rounded(Math.sqrt(area * aspect));
            int height = rounded(Math.sqrt(area / aspect));
            if (width > 0 && width <= size.width() && height > 0 && height <= size.height()) {
                return new ResizedCrop(
                        random.nextInt(size.height() - height + 1),
                        random.nextInt(size.width() - width + 1),
                        height,
                        width,
                        flipped);
            }
        }
        int width = Math.min(size.width(), rounded(size.height() * WIDEST));
        int height = Math.min(size.height(), rounded(size.width() * WIDEST));
        return new ResizedCrop(
                (size.height() - height) / 2, (size.width() - width) / 2, height, width, flipped);
    }

    /** The crop of raw pixels, as new ones. */
    byte[] of(byte[] pixels, ImageSize size) {
        byte[] crop = new byte[pixels.length];
        for (int channel = 0; channel < size.channels(); channel++) {
            int plane = channel * size.height() * size.width();
            for (int row = 0; row < size.height(); row++) {
                double y = source(row, size.height(), height);
                for (int column = 0; column < size.width(); column++) {
                    int from = flipped ? size.width() - 1 - column : column;
                    double x = source(from, size.width(), width);
                    crop[plane + row * size.width() + column] =
                            (byte) rounded(between(pixels, plane, size.width(), y, x));
                }
            }
        }
        return crop;
    }

    /** Where in the crop a pixel comes from: centres of pixels fall on each other's. */
    private static double source(int to, int side, int cropped) {
        return Math.max(0, (to + 0.5) * cropped / side - 0.5);
    }

    private double between(byte[] pixels, int plane, int lineLength, double y, double x) {
        int row = (int) y;
        int column = (int) x;
        int nextRow = Math.min(row + 1, height - 1);
        int nextColumn = Math.min(column + 1, width - 1);
        double down = y - row;
        double right = x - column;
        int upper = plane + (top + row) * lineLength + left;
        int lower = plane + (top + nextRow) * lineLength + left;
        return (1 - down)
                        * ((1 - right) * (pixels[upper + column] & 0xFF)
                                + right * (pixels[upper + nextColumn] & 0xFF))
                + down
                        * ((1 - right) * (pixels[lower + column] & 0xFF)
                                + right * (pixels[lower + nextColumn] & 0xFF));
    }

    private static int rounded(double value) {
        return (int) Math.floor(value + 0.5);
    }
}
