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

    Claim(TopicPartition partition, PartitionProgress progress) {
        this.partition = partition;
        this.progress = progress;
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

    boolean held() {
        return held;
    }

    void drop() {
        held = false;
    }
}
