package io.labelworth.learning.augment;

/** Channels, rows and columns of an image. */
public record ImageSize(int channels, int height, int width) {

    /** Floats of one image. */
    public int floats() {
        return channels * height * width;
    }

    /** Pixels of one channel. */
    int plane() {
        return height * width;
    }
}
