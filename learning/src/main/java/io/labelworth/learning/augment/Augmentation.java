package io.labelworth.learning.augment;

/** Changes a batch of normalised images in place before a training step sees it. */
@FunctionalInterface
public interface Augmentation {

    /** Leaves images as they are. */
    Augmentation NONE = (batch, images) -> {};

    /**
     * Augments the first {@code images} images of {@code batch}, which lie one after the other,
     * channel by channel.
     */
    void apply(float[] batch, int images);
}
