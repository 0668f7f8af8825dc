package io.labelworth.labeler;

import java.util.List;
import java.util.Map;

/**
 * References on their way to the network: each polled one is an image, a failure, or not this
 * checkpoint's business.
 *
 * @param images what to label, in the order of the references
 * @param failures what cannot be labelled
 * @param next positions after the batch
 * @param readAt when it was complete, by {@link System#nanoTime}
 */
record Batch(List<Image> images, List<Failure> failures, Map<Claim, Reached> next, long readAt) {

    /** The images whose claim still stands; the others would be inferred for nothing. */
    List<Image> heldImages() {
        return images.stream().filter(image -> image.claim().held()).toList();
    }
}
