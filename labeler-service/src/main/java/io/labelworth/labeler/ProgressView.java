package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.TopicFollower;
import io.labelworth.schemas.event.LabelingProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far every labelling is on every partition, by labeling-progress, whoever made the progress.
 * Progress on an earlier incarnation of the topics is left out. Shared by its follower and all
 * workers.
 */
final class ProgressView implements TopicFollower.View<LabelingProgress> {

    private record Place(String labellingId, int partition) {}

    private final TopicIds topicIds;
    private final Map<Place, LabelingProgress> latest = new HashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();

    ProgressView(TopicIds topicIds) {
        this.topicIds = topicIds;
    }

    @Override
    public synchronized void accept(ConsumerRecord<String, Decoded<LabelingProgress>> record) {
        if (record.value().readable() && topicIds.match(record.value().value())) {
            LabelingProgress progress = record.value().value();
            latest.put(new Place(progress.getLabellingId(), progress.getPartition()), progress);
        }
    }

    @Override
    public synchronized void passed(int partition, long nextOffset) {
        positions.put(partition, nextOffset);
        notifyAll();
    }

    /** Last known progress; empty before the first. */
    synchronized Optional<LabelingProgress> of(String labellingId, int partition) {
        return Optional.ofNullable(latest.get(new Place(labellingId, partition)));
    }

    /**
     * Waits until the view has passed the given offsets of labeling-progress.
     *
     * @param ends next offset by partition
     * @return whether it did in time
     */
    synchronized boolean awaitPassed(Map<Integer, Long> ends, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!passed(ends)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private boolean passed(Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
