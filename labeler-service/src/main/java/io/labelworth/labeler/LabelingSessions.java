package io.labelworth.labeler;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Opens what a worker slot works with: its producer, and a session for each checkpoint it takes.
 */
final class LabelingSessions {

    private final LabelerSettings settings;
    private final KafkaConnection kafka;
    private final TopicIds topicIds;
    private final SettledProgress progress;
    private final ExpertLoader experts;
    private final ImageStore images;
    private final Clock clock;

    LabelingSessions(
            LabelerSettings settings,
            KafkaConnection kafka,
            TopicIds topicIds,
            SettledProgress progress,
            Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.topicIds = topicIds;
        this.progress = progress;
        this.experts = new ExpertLoader(settings.checkpointRoot(), List.of());
        this.images = new ImageStore(settings.dataRoot());
        this.clock = clock;
    }

    /** The producer of a slot; an earlier one of the slot is fenced. */
    EventProducer producer(int slot) {
        return EventProducer.transactional(
                kafka.settings(), kafka.registry(), settings.transactionalId(slot));
    }

    /**
     * Loads a checkpoint and joins its group; in this order, so that a checkpoint that cannot be
     * loaded never has a member.
     *
     * @throws CheckpointRefusedException when it cannot label
     */
    LabelingSession open(AnnouncedCheckpoint checkpoint, int slot)
            throws CheckpointRefusedException {
        if (!checkpoint.readable()) {
            throw new CheckpointRefusedException(
                    "unreadable-event", checkpoint.record().value().error());
        }
        String worker = settings.transactionalId(slot);
        DeadLetters deadLetters = new DeadLetters(clock, worker);
        Expert expert = experts.load(checkpoint.event(), ComputeDevice.CPU);
        try {
            Consumer<String, Decoded<ImageRef>> consumer =
                    kafka.consumers()
                            .grouped(
                                    Topics.IMAGE_REFS,
                                    checkpoint.group(),
                                    worker,
                                    Map.of(
                                            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                            settings.batch()));
            return new LabelingSession(
                    expert,
                    consumer,
                    new Assignment(checkpoint, consumer, progress),
                    new BatchLabeler(expert, images, deadLetters),
                    new BatchCommit(checkpoint.event(), topicIds, worker, deadLetters, clock));
        } catch (RuntimeException e) {
            expert.close();
            throw e;
        }
    }
}
