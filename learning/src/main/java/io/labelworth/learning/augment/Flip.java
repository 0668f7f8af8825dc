package io.labelworth.learning.augment;

import org.apache.commons.rng.UniformRandomProvider;

/** Left and right exchanged, for half of the images. */
record Flip(ImageSize size) implements Family {

    private static final float PROBABILITY = 0.5f;

    @Override
    public void apply(float[] batch, int start, UniformRandomProvider random) {
        if (random.nextFloat() < PROBABILITY) {
            mirror(batch, start);
        }
    }

    void mirror(float[] batch, int start) {
        int width = size.width();
        for (int line = start; line < start + size.floats(); line += width) {
            for (int column = 0; column < width / 2; column++) {
                float left = batch[line + column];
                batch[line + column] = batch[line + width - 1 - column];
                batch[line + width - 1 - column] = left;
            }
        }
    }
}
