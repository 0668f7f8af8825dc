package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.event.ImageRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions a session holds, as {@link Claim}s. A partition is taken up where
 * labeling-progress is: that is also where the group's committed offset is, except that offsets of
 * an idle group expire on most clusters and progress does not. Nothing is committed when a
 * partition goes: what is not in a transaction was not done. Used by the polling thread; {@link
 * #whileHeld} by the one that commits.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(Assignment.class);

    private final AnnouncedCheckpoint checkpoint;
    private final Consumer<String, Decoded<ImageRef>> consumer;
    private final Settled<ProgressView> progress;
    private final Settled<RetryRequests> retries;
    private final Map<TopicPartition, Claim> claims = new HashMap<>();
    private final ReentrantLock committing = new ReentrantLock();

    Assignment(
            AnnouncedCheckpoint checkpoint,
            Consumer<String, Decoded<ImageRef>> consumer,
            Settled<ProgressView> progress,
            Settled<RetryRequests> retries) {
        this.checkpoint = checkpoint;
        this.consumer = consumer;
        this.progress = progress;
        this.retries = retries;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Waits for transactions that are about to commit offsets; only then is progress read.
        Map<TopicPartition, OffsetAndMetadata> committed =
                consumer.committed(Set.copyOf(partitions));
        ProgressView view = progress.now();
        // What an earlier holder answered must be known to be answered before it is looked at.
        retries.now();
        Set<TopicPartition> elsewhere = new HashSet<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress start =
                    view.of(checkpoint.labellingId(), partition.partition())
                            .map(PartitionProgress::of)
                            .orElse(PartitionProgress.START);
            OffsetAndMetadata offset = committed.get(partition);
            if ((offset == null ? 0 : offset.offset()) != start.nextImageRef()) {
                elsewhere.add(partition);
            }
            consumer.seek(partition, start.nextImageRef());
            claims.put(partition, new Claim(partition, start));
        }
        if (!elsewhere.isEmpty()) {
            log.warn(
                    "group {} has lost or moved its offsets of {} partitions; going on from"
                            + " labeling-progress checkpoint={} labelling={}",
                    checkpoint.group(),
                    elsewhere.size(),
                    checkpoint.checkpointId(),
                    checkpoint.shortLabelling());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // The group gives them on when this returns, so a transaction under way must be over.
        committing.lock();
        try {
            drop(partitions);
        } finally {
            committing.unlock();
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        // They may be another's already: a transaction under way is refused, or was before it.
        drop(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Claim claim = claims.remove(partition);
            if (claim != null) {
                claim.drop();
            }
        }
    }

    /** The partitions held. */
    Map<TopicPartition, Claim> claims() {
        return claims;
    }

    /** Runs a transaction, which no revocation interrupts: claims that are held stay so. */
    void whileHeld(Runnable transaction) {
        committing.lock();
        try {
            transaction.run();
        } finally {
            committing.unlock();
        }
    }

    /**
     * Back to what is committed: what was under way is void. A transaction under way ends first, or
     * what it commits would be done again.
     */
    void rewind() {
        committing.lock();
        try {
            claims.replaceAll(
                    (partition, claim) -> {
                        claim.drop();
                        consumer.seek(partition, claim.progress().nextImageRef());
                        return new Claim(partition, claim.progress());
                    });
        } finally {
            committing.unlock();
        }
    }
}
