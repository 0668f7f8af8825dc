package io.labelworth.trainer.view;

/**
 * Offsets of one partition of soft-labels that have been searched for a labelling's labels.
 *
 * @param first first offset searched
 * @param next offset after the last one searched
 */
public record LabelRange(long first, long next) {

    /** Refuses a range that ends before it starts. */
    public LabelRange {
        if (first < 0 || next < first) {
            throw new IllegalArgumentException("no range: " + first + " to " + next);
        }
    }

    /** Whether every offset of [first, next) has been searched. */
    public boolean covers(long wantedFirst, long wantedNext) {
        return first <= wantedFirst && next >= wantedNext;
    }
}
