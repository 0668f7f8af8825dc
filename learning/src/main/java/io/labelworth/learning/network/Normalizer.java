package io.labelworth.learning.network;

/** Applies a {@link Preprocessing} by looking each byte up. Safe to share between threads. */
public final class Normalizer {

    private static final int LEVELS = 256;

    private final float[][] levels;

    public Normalizer(Preprocessing preprocessing) {
        levels = new float[preprocessing.mean().size()][LEVELS];
        for (int c = 0; c < levels.length; c++) {
            for (int level = 0; level < LEVELS; level++) {
                levels[c][level] =
                        (level / 255f - preprocessing.mean().get(c)) / preprocessing.std().get(c);
            }
        }
    }

    /**
     * Normalises one image.
     *
     * @param raw unsigned bytes, channel by channel
     * @param into receives as many floats, from {@code offset} on
     */
    public void normalize(byte[] raw, float[] into, int offset) {
        int pixels = raw.length / levels.length;
        for (int c = 0; c < levels.length; c++) {
            float[] channel = levels[c];
            for (int i = c * pixels; i < (c + 1) * pixels; i++) {
                into[offset + i] = channel[raw[i] & 0xFF];
            }
        }
    }
}
