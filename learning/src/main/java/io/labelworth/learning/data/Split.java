package io.labelworth.learning.data;

/** Part of a dataset, its images numbered from 0. */
public interface Split {

    /** Number of images. */
    int size();

    /** Class of image {@code i}, from 0. */
    int imageClass(int i);

    /**
     * Copies the raw pixels of image {@code i}, one unsigned byte each, channel by channel, row by
     * row, to {@code into} from {@code offset} on.
     */
    void pixels(int i, byte[] into, int offset);
}
