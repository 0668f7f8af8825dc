package io.labelworth.trainer.assembly;

import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.training.Pixels;
import io.labelworth.learning.training.TrainingException;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.trainer.run.RunFailedException;
import java.util.HexFormat;

/**
 * The pixels of a set, every image checked against its SHA-256. Small sets are held; of large ones
 * each image is read from the image store, and checked again, when it is asked for.
 */
final class StoredPixels implements Pixels {

    /** As much as a student's activations take, so that holding them is not felt. */
    static final long MOST_HELD_BYTES = 64L << 20;

    private final ImageStore store;
    private final int imageBytes;
    private final String[] uris;
    private final byte[][] hashes;
    private final byte[][] held;

    /**
     * @param size images of the set
     * @param mostHeldBytes largest set whose pixels are held
     */
    StoredPixels(ImageStore store, int imageBytes, int size, long mostHeldBytes) {
        this.store = store;
        this.imageBytes = imageBytes;
        boolean hold = (long) size * imageBytes <= mostHeldBytes;
        this.held = hold ? new byte[size][] : null;
        this.uris = new String[hold ? 0 : size];
        this.hashes = new byte[hold ? 0 : size][];
    }

    /**
     * Takes in an image.
     *
     * @param place its place in training order
     * @throws RunFailedException when there are no such pixels; the message names the image
     */
    void add(int place, ImageRef image) {
        try {
            byte[] pixels = store.read(image.getUri(), image.getSha256(), imageBytes);
            if (held != null) {
                held[place] = pixels;
                return;
            }
        } catch (ImageException e) {
            throw new RunFailedException(
                    "image " + image.getImageId() + " (" + e.kind().text() + "): " + e.getMessage(),
                    e);
        }
        uris[place] = image.getUri();
        hashes[place] = HexFormat.of().parseHex(image.getSha256());
    }

    @Override
    public int size() {
        return held == null ? uris.length : held.length;
    }

    @Override
    public int imageBytes() {
        return imageBytes;
    }

    @Override
    public void read(int image, int view, byte[] into) {
        byte[] pixels = held == null ? readAgain(image) : held[image];
        System.arraycopy(pixels, 0, into, 0, imageBytes);
    }

    private byte[] readAgain(int image) {
        try {
            String sha256 = HexFormat.of().formatHex(hashes[image]);
            return store.read(uris[image], sha256, imageBytes);
        } catch (ImageException e) {
            throw new TrainingException(e.getMessage() + "; it was right when the run began");
        }
    }
}
