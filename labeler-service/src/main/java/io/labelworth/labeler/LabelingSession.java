package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One checkpoint being labelled by one worker: a model in memory and a member of the labelling's
 * group. Used by the worker's thread; {@link #wakeup} may be called by another.
 */
final class LabelingSession implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    // Leaving the group is a courtesy; a broker that is away must not hold up the shutdown.
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Expert expert;
    private final Consumer<String, Decoded<ImageRef>> consumer;
    private final Assignment assignment;
    private final BatchLabeler labeler;
    private final BatchCommit commit;

    LabelingSession(
            Expert expert,
            Consumer<String, Decoded<ImageRef>> consumer,
            Assignment assignment,
            BatchLabeler labeler,
            BatchCommit commit) {
        this.expert = expert;
        this.consumer = consumer;
        this.assignment = assignment;
        this.labeler = labeler;
        this.commit = commit;
        consumer.subscribe(List.of(Topics.IMAGE_REFS.name()), assignment);
    }

    /**
     * Labels and commits what one poll gives. Positions move past records that are nobody's, such
     * as commit markers, too, and are committed with the rest: lag then reaches 0.
     *
     * @return whether anything was committed
     * @throws CheckpointRefusedException when the network fails; the session has rewound
     * @throws TransactionAbortedException when nothing was committed; the session has rewound and
     *     can go on
     */
    boolean step(EventProducer producer) throws CheckpointRefusedException {
        ConsumerRecords<String, Decoded<ImageRef>> polled = PatientPoll.poll(consumer, POLL);
        Map<TopicPartition, PartitionProgress> held = assignment.held();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        next.keySet().retainAll(held.keySet());
        if (next.isEmpty()) {
            return false;
        }
        List<ConsumerRecord<String, Decoded<ImageRef>>> records = new ArrayList<>(polled.count());
        next.keySet().forEach(partition -> records.addAll(polled.records(partition)));
        try {
            LabelledBatch batch = labeler.label(records);
            assignment.advance(
                    commit.commit(producer, batch, held, next, consumer.groupMetadata()));
        } catch (CheckpointRefusedException | TransactionAbortedException e) {
            // The refusal may fail to be written down; these references then come again.
            assignment.rewind();
            throw e;
        }
        return true;
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        try (expert) {
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }
}
