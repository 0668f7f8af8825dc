package io.labelworth.learning.augment;

import org.apache.commons.rng.UniformRandomProvider;

/** Both axes scaled, independently, by factors uniform in [1/1.2, 1.2]. */
record Scale(ImageSize size) implements Family {

    private static final double LARGEST = 1.2;

    @Override
    public void apply(float[] batch, int start, UniformRandomProvider random) {
        double x = factor(random.nextDouble());
        double y = factor(random.nextDouble());
        new Affine(size).apply(batch, start, x, 0, 0, y);
    }

    private static double factor(double u) {
        return 1 / LARGEST + u * (LARGEST - 1 / LARGEST);
    }
}
