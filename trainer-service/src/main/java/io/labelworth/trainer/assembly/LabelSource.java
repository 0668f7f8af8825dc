package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.schemas.event.ImageRef;

/** Where the labels of a set come from: one implementation per regime. */
interface LabelSource {

    /**
     * The label of one image.
     *
     * @param digest gets the label's logical fields
     * @throws io.labelworth.trainer.run.RunFailedException when the image has none
     */
    Label label(ImageRef image, LabelDigest digest);

    /** Checkpoint behind the labels given so far, several joined by +; null for hard ones. */
    String checkpointId();

    /**
     * A label as the student sees it.
     *
     * @param target one value per class
     * @param storedBytes bytes it takes to store
     */
    record Label(float[] target, int storedBytes) {}
}
