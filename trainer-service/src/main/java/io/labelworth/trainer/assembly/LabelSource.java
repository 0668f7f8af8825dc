package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.training.Targets;
import io.labelworth.schemas.event.ImageRef;

/**
 * The labels of one set: first each image is added, in whatever order reads best, then the labels
 * are asked for by their place in training order. One implementation per regime.
 */
interface LabelSource extends Targets {

    /**
     * Takes in the labels of an image as they are stored.
     *
     * @param place the image's place in training order
     * @throws io.labelworth.trainer.run.RunFailedException when the image has none, or a treatment
     *     cannot be made of it
     */
    void add(int place, ImageRef image);

    /** Adds the logical fields of an image's labels to a digest. */
    void digest(int place, LabelDigest digest);

    /**
     * Entropy in nats of an image's target.
     *
     * @throws io.labelworth.trainer.run.RunFailedException when its labels make no target
     */
    double entropy(int place);

    /** Bytes that all labels take as they are stored. */
    long storedBytes();

    /** Checkpoint behind the labels, several joined by +; null for hard ones. */
    String checkpointId();
}
