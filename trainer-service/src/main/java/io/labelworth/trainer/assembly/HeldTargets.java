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
        int views = made.views();
        if ((long) made.size() * views * made.classes() * Float.BYTES > MOST_BYTES) {
            return made;
        }
        float[][] rows = new float[made.size() * views][made.classes()];
        for (int row = 0; row < rows.length; row++) {
            made.target(row / views, row % views, rows[row]);
        }
        return new Rows(rows, views);
    }

    /** A row for each view of each image, in order. */
    private record Rows(float[][] rows, int views) implements Targets {

        @Override
        public int size() {
            return rows.length / views;
        }

        @Override
        public int classes() {
            return rows[0].length;
        }

        @Override
        public void target(int image, int view, float[] into) {
            System.arraycopy(rows[image * views + view], 0, into, 0, into.length);
        }
    }
}
