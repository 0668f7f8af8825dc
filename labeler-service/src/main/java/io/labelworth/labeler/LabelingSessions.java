package io.labelworth.labeler;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Opens what a worker slot works with: its producer, and a session for each checkpoint it takes.
 */
final class LabelingSessions {

    // A consumer that closes waits for its last fetch, and with hundreds of checkpoints one is
    // closed every fraction of a second.
    private static final int FETCH_WAIT_MS = 50;

    // A thousand references; what is fetched ahead of a network only ages in the heap.
    private static final int FETCH_BYTES = 256 << 10;

    private final LabelerSettings settings;
    private final KafkaConnection kafka;
    private final TopicIds topicIds;
    private final Settled<ProgressView> progress;
    private final Settled<RetryRequests> retries;
    private final Experts experts;
    private final ImageStore images;
    private final LabelerMetrics metrics;
    private final Clock clock;

    LabelingSessions(
            LabelerSettings settings,
            KafkaConnection kafka,
            TopicIds topicIds,
            Settled<ProgressView> progress,
            Settled<RetryRequests> retries,
            Experts experts,
            LabelerMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.topicIds = topicIds;
        this.progress = progress;
        this.retries = retries;
        this.experts = experts;
        this.images = new ImageStore(settings.dataRoot());
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The producer of a slot; an earlier one of the slot is fenced. */
    EventProducer producer(int slot) {
        return EventProducer.transactional(
                kafka.settings(), kafka.registry(), settings.transactionalId(slot));
    }

    /**
     * Loads a checkpoint's network; the caller closes it, or the session opened with it.
     *
     * @throws CheckpointRefusedException when it cannot label
     */
    Expert load(AnnouncedCheckpoint checkpoint, int slot) throws CheckpointRefusedException {
        if (!checkpoint.readable()) {
            throw new CheckpointRefusedException(
                    "unreadable-event", checkpoint.record().value().error());
        }
        return experts.load(checkpoint.event(), settings.device(slot));
    }

    /** Bytes to keep free before a checkpoint is loaded. */
    long bytesBefore(AnnouncedCheckpoint checkpoint) {
        return checkpoint.readable() ? experts.bytesBefore(checkpoint.event()) : 0;
    }

    /** Bytes of a session with the network: its weights, its buffers, and the batches under way. */
    long bytes(Expert expert) {
        return expert.bytes() + Pipeline.batchBytes(expert, settings.batch());
    }

    /**
     * Joins a labelling's group; with the network loaded, so that a checkpoint that cannot be
     * loaded never has a member.
     */
    LabelingSession open(
            AnnouncedCheckpoint checkpoint, Expert expert, int slot, EventProducer producer) {
        String worker = settings.transactionalId(slot);
        DeadLetters deadLetters = new DeadLetters(clock, worker);
        ImageReader reader = new ImageReader(expert, images, deadLetters);
        Consumer<String, Decoded<ImageRef>> consumer =
                kafka.consumers()
                        .grouped(
                                Topics.IMAGE_REFS,
                                checkpoint.group(),
                                worker,
                                Map.of(
                                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                        settings.batch(),
                                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                        FETCH_WAIT_MS,
                                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                        FETCH_BYTES));
        try {
            return new LabelingSession(
                    new LabelingSession.Parts(
                            worker,
                            expert,
                            settings.batch(),
                            consumer,
                            new Assignment(checkpoint, consumer, progress, retries),
                            new BatchBuilder(reader, settings.batch()),
                            new LabelEncoder(expert, reader),
                            new BatchCommit(checkpoint.event(), topicIds, worker, clock),
                            retries(checkpoint, worker)),
                    producer,
                    metrics);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private Retries retries(AnnouncedCheckpoint checkpoint, String worker) {
        return new Retries(
                checkpoint.labellingId(),
                retries.view(),
                () ->
                        kafka.consumers()
                                .assigned(
                                        Topics.IMAGE_REFS,
                                        worker + "-retry",
                                        Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1)));
    }
}
