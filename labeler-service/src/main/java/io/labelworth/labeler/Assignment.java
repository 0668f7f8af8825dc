package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.event.ImageRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions a session holds, and how far the labelling is on each. A partition is taken up
 * where labeling-progress is: that is also where the group's committed offset is, except that
 * offsets of an idle group expire on most clusters and progress does not. Nothing is committed when
 * a partition goes: what is not in a transaction was not done.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(Assignment.class);

    private final AnnouncedCheckpoint checkpoint;
    private final Consumer<String, Decoded<ImageRef>> consumer;
    private final SettledProgress progress;
    private final Map<TopicPartition, PartitionProgress> held = new HashMap<>();

    Assignment(
            AnnouncedCheckpoint checkpoint,
            Consumer<String, Decoded<ImageRef>> consumer,
            SettledProgress progress) {
        this.checkpoint = checkpoint;
        this.consumer = consumer;
        this.progress = progress;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Waits for transactions that are about to commit offsets; only then is progress read.
        Map<TopicPartition, OffsetAndMetadata> committed =
                consumer.committed(Set.copyOf(partitions));
        ProgressView view = progress.now();
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
            held.put(partition, start);
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
        held.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        held.keySet().removeAll(partitions);
    }

    /** Progress on the partitions held. */
    Map<TopicPartition, PartitionProgress> held() {
        return Map.copyOf(held);
    }

    /** Takes over what a transaction committed. */
    void advance(Map<TopicPartition, PartitionProgress> committed) {
        held.putAll(committed);
    }

    /** Back to what is committed, after a transaction that is not. */
    void rewind() {
        held.forEach((partition, at) -> consumer.seek(partition, at.nextImageRef()));
    }
}
