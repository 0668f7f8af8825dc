package io.labelworth.learning.training;

/**
 * What a student is to answer for each image of a set, made when it is asked for: a set of 200,000
 * labels of 1000 classes is 400 MB as it is stored and 800 MB as numbers. The same image and view
 * give the same bits whenever they are asked for. Used by one thread at a time.
 */
public interface Targets {

    /** Images that have a target. */
    int size();

    /** Values of a target. */
    int classes();

    /** Targets that each image has; one unless its views have labels of their own. */
    default int views() {
        return 1;
    }

    /**
     * Writes the target of one view of an image, one value per class; the loss takes them as they
     * are, summing to 1 or not.
     *
     * @param image from 0, in training order
     * @param view from 0 to below {@link #views}
     * @param into receives {@link #classes} values
     */
    void target(int image, int view, float[] into);

    /** Targets that are there already: one row per image, all of the same length. */
    static Targets of(float[][] rows) {
        for (float[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException(
                        "targets of " + rows[0].length + " and of " + row.length + " classes");
            }
        }
        return new Targets() {
            @Override
            public int size() {
                return rows.length;
            }

            @Override
            public int classes() {
                return rows.length == 0 ? 0 : rows[0].length;
            }

            @Override
            public void target(int image, int view, float[] into) {
                System.arraycopy(rows[image], 0, into, 0, into.length);
            }
        };
    }
}
