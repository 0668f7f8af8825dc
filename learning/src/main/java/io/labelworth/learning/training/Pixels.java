package io.labelworth.learning.training;

import java.util.List;

/**
 * The pixels of each image of a set, read when they are asked for where holding all would take too
 * much. The same image and view give the same bytes whenever they are asked for. Used by one thread
 * at a time.
 */
public interface Pixels {

    /** Images. */
    int size();

    /** Bytes of one image. */
    int imageBytes();

    /** Views of each image; one unless a fixed function makes several of it. */
    default int views() {
        return 1;
    }

    /**
     * Writes one view of an image: unsigned bytes, channel by channel, row by row.
     *
     * @param image from 0, in training order
     * @param view from 0 to below {@link #views}
     * @param into receives {@link #imageBytes} bytes
     * @throws TrainingException when the image cannot be read any more
     */
    void read(int image, int view, byte[] into);

    /** Images that are held, one array each, all of the same length. */
    static Pixels of(List<byte[]> images) {
        List<byte[]> held = List.copyOf(images);
        int imageBytes = held.isEmpty() ? 0 : held.get(0).length;
        for (byte[] image : held) {
            if (image.length != imageBytes) {
                throw new IllegalArgumentException(
                        "images of " + imageBytes + " and of " + image.length + " bytes");
            }
        }
        return new Pixels() {
            @Override
            public int size() {
                return held.size();
            }

            @Override
            public int imageBytes() {
                return imageBytes;
            }

            @Override
            public void read(int image, int view, byte[] into) {
                System.arraycopy(held.get(image), 0, into, 0, imageBytes);
            }
        };
    }
}
