package io.labelworth.labeler;

import org.apache.kafka.common.TopicPartition;

/**
 * A partition of image-refs as one session holds it: from where it was taken up until it is taken
 * away, lost, or rewound. Work under a claim that is no longer held is dropped: somebody else does
 * it, or this session does it again under a new claim.
 */
final class Claim {

    private final TopicPartition partition;
    private volatile PartitionProgress progress;
    private volatile boolean held = true;
    private long skipped;

    Claim(TopicPartition partition, PartitionProgress progress) {
        this.partition = partition;
        this.progress = progress;
        this.skipped = progress.skipped();
    }

    TopicPartition partition() {
        return partition;
    }

    /** What is committed. */
    PartitionProgress progress() {
        return progress;
    }

    /** Takes over what a transaction committed. */
    void advance(PartitionProgress committed) {
        progress = committed;
    }

    /** Counts an image that was read and is none of the expert's; by the polling thread. */
    void skip() {
        skipped++;
    }

    /** Images of the partition skipped so far, of what was read. */
    long skipped() {
        return skipped;
    }

    boolean held() {
        return held;
    }

    void drop() {
        held = false;
    }
}
