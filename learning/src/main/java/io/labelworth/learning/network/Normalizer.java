package io.labelworth.learning.network;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Applies a {@link Preprocessing}: looks each byte up, then whitens. Safe to share between threads.
 */
public final class Normalizer {

    private static final int LEVELS = 256;

    private final float[][] levels;
    private final Optional<Whitening> whitening;

    /**
     * A normaliser.
     *
     * @param whitening the one that {@code preprocessing} names
     */
    public Normalizer(Preprocessing preprocessing, Optional<Whitening> whitening) {
        if (!preprocessing.zca().equals(whitening.map(Whitening::zca))) {
            throw new IllegalArgumentException("this is not the whitening of " + preprocessing);
        }
        this.whitening = whitening;
        levels = new float[preprocessing.mean().size()][LEVELS];
        for (int c = 0; c < levels.length; c++) {
            for (int level = 0; level < LEVELS; level++) {
                levels[c][level] =
                        (level / 255f - preprocessing.mean().get(c)) / preprocessing.std().get(c);
            }
        }
    }

    /** Without whitening. */
    public Normalizer(Preprocessing preprocessing) {
        this(preprocessing, Optional.empty());
    }

    /**
     * A normaliser whose whitening, if it has one, is read from {@code folder}.
     *
     * @throws ModelException when it is not there, or not what it should be
     */
    static Normalizer of(Preprocessing preprocessing, Path folder) {
        return new Normalizer(
                preprocessing, preprocessing.zca().map(zca -> Whitening.read(folder, zca)));
    }

    /**
     * Normalises images.
     *
     * @param raw gives each image once, in order: unsigned bytes, channel by channel
     * @param into receives as many floats, image after image
     */
    public void normalize(int images, IntFunction<byte[]> raw, float[] into) {
        int offset = 0;
        for (int i = 0; i < images; i++) {
            byte[] pixels = raw.apply(i);
            look(pixels, into, offset);
            offset += pixels.length;
        }
        whitening.ifPresent(fitted -> fitted.apply(into, images));
    }

    /** Checks that the whitening is for images of this size. */
    void requireFit(int floats) {
        if (whitening.isPresent() && whitening.get().floats() != floats) {
            throw new ModelException(
                    String.format(
                            "its whitening is for images of %d floats, not %d",
                            whitening.get().floats(), floats));
        }
    }

    long bytesHeld() {
        return whitening.map(Whitening::bytesHeld).orElse(0L);
    }

    private void look(byte[] raw, float[] into, int offset) {
        int pixels = raw.length / levels.length;
        for (int c = 0; c < levels.length; c++) {
            float[] channel = levels[c];
            for (int i = c * pixels; i < (c + 1) * pixels; i++) {
                into[offset + i] = channel[raw[i] & 0xFF];
            }
        }
    }
}
