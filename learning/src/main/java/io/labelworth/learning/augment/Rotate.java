package io.labelworth.learning.augment;

import org.apache.commons.rng.UniformRandomProvider;

/** Rotation about the centre by an angle uniform in +-15 degrees. */
record Rotate(ImageSize size) implements Family {

    private static final double LARGEST_DEGREES = 15;

    @Override
    public void apply(float[] batch, int start, UniformRandomProvider random) {
        turn(batch, start, StrictMath.toRadians((2 * random.nextDouble() - 1) * LARGEST_DEGREES));
    }

    void turn(float[] batch, int start, double radians) {
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        new Affine(size).apply(batch, start, cos, -sin, sin, cos);
    }
}
