package io.labelworth.labeler;

/** What one transaction does on one partition. */
final class Tally {

    private long first = Long.MAX_VALUE;
    private long last = -1;
    private int labels;
    private int failures;

    /**
     * Counts a label.
     *
     * @param offset where it is in soft-labels
     * @param retry whether the image was a dead letter until now
     */
    void label(long offset, boolean retry) {
        first = Math.min(first, offset);
        last = Math.max(last, offset);
        labels++;
        failures -= retry ? 1 : 0;
    }

    /**
     * Counts a dead letter.
     *
     * @param retry whether the image was one before
     */
    void failure(boolean retry) {
        failures += retry ? 0 : 1;
    }

    /** Progress after it. */
    PartitionProgress addedTo(PartitionProgress before) {
        PartitionProgress failed = before.failed(failures);
        return labels == 0 ? failed : failed.labelled(labels, first, last);
    }
}
