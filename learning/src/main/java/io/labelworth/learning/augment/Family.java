package io.labelworth.learning.augment;

import org.apache.commons.rng.UniformRandomProvider;

/** One kind of change, applied to one image with parameters drawn for it. */
@FunctionalInterface
interface Family {

    /** Changes the image that starts at {@code start}. */
    void apply(float[] batch, int start, UniformRandomProvider random);
}
