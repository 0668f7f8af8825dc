package io.labelworth.trainer.planner;

/**
 * Where a run lies on training-runs.
 *
 * @param partition its partition; {@link #UNKNOWN} until it has been read back
 * @param offset its offset; {@link #UNKNOWN} until it has been read back
 */
record Place(int partition, long offset) {

    /** Of what has been sent and not yet read. */
    static final int UNKNOWN = -1;

    /** Of a run sent to a partition. */
    static Place on(int partition) {
        return new Place(partition, UNKNOWN);
    }

    /** Whether a position of its partition has gone past it. */
    boolean isBelow(long position) {
        return offset != UNKNOWN && offset < position;
    }
}
