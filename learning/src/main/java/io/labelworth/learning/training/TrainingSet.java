package io.labelworth.learning.training;

import java.util.List;

/**
 * A distilled set as a student sees it. An image may have several views, each with its own pixels
 * and its own target; a pass over the set shows each image once, pass p (from 0) in view p modulo
 * {@link #views}.
 *
 * @param pixels raw pixels by image and view
 * @param targets targets by image and view
 */
public record TrainingSet(Pixels pixels, Targets targets) {

    /** Checks that every image, and every view of it, has a target. */
    public TrainingSet {
        if (pixels.size() == 0 || pixels.size() != targets.size()) {
            throw new IllegalArgumentException(
                    pixels.size() + " images and " + targets.size() + " targets are no set");
        }
        if (pixels.views() != targets.views()) {
            throw new IllegalArgumentException(
                    pixels.views()
                            + " views of an image and "
                            + targets.views()
                            + " targets of it are no set");
        }
    }

    /** A set that is held: one array of pixels and one target per image. */
    public TrainingSet(List<byte[]> pixels, float[][] targets) {
        this(Pixels.of(pixels), Targets.of(targets));
    }

    /** Images; the budget counts these, not their views. */
    public int size() {
        return targets.size();
    }

    /** Views of each image, 1 or more. */
    public int views() {
        return targets.views();
    }
}
