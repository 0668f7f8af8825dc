package io.labelworth.labeler;

/** What one transaction does on one partition. */
final class Tally {

    private long first = Long.MAX_VALUE;
    private long last = -1;
    private int images;
    private int failures;

    /**
     * Counts an image that has its labels.
     *
     * @param firstLabel offset of its first label in soft-labels
     * @param lastLabel offset of its last one
     * @param retry whether the image was a dead letter until now
     */
    void image(long firstLabel, long lastLabel, boolean retry) {
        first = Math.min(first, firstLabel);
        last = Math.max(last, lastLabel);
        images++;
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
        return images == 0 ? failed : failed.labelled(images, first, last);
    }
}
