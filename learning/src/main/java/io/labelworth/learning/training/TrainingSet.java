package io.labelworth.learning.training;

import java.util.List;

/**
 * A distilled set as a student sees it.
 *
 * @param pixels raw pixels, unsigned bytes, channel by channel, one array per image
 * @param targets per image, one value per class; the loss takes them as they are, summing to 1 or
 *     not
 */
public record TrainingSet(List<byte[]> pixels, float[][] targets) {

    /** Checks that every image has a target. */
    public TrainingSet {
        pixels = List.copyOf(pixels);
        if (pixels.isEmpty() || pixels.size() != targets.length) {
            throw new IllegalArgumentException(
                    pixels.size() + " images and " + targets.length + " targets are no set");
        }
    }
}
