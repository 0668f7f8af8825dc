package io.labelworth.trainer.assembly;

import io.labelworth.learning.training.Targets;

/**
 * Which targets are made once and kept: those of small sets, whose steps are so short that making a
 * label again each time would be felt.
 */
final class HeldTargets {

    /**
     * A fiftieth of what the largest sets' labels take; 1,000 images of 1000 classes twice over.
     */
    static final long MOST_BYTES = 16L << 20;

    private HeldTargets() {}

    /** The same targets, each made once where all together take little. */
    static Targets of(Targets made) {
        if ((long) made.size() * made.classes() * Float.BYTES > MOST_BYTES) {
            return made;
        }
        float[][] rows = new float[made.size()][made.classes()];
        for (int image = 0; image < rows.length; image++) {
            made.target(image, 0, rows[image]);
        }
        return Targets.of(rows);
    }
}
