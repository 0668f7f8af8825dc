package io.labelworth.labeler;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down that a checkpoint failed as a whole, once for its announcement: labelers share the
 * topic and start again, so it is read first. That is affordable because it is rare.
 */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final KafkaConnection kafka;
    private final LabelerSettings settings;
    private final LabelerMetrics metrics;
    private final Clock clock;

    Refusals(KafkaConnection kafka, LabelerSettings settings, LabelerMetrics metrics, Clock clock) {
        this.kafka = kafka;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Dead-letters an announcement unless that was done before. */
    void write(
            EventProducer producer,
            int slot,
            AnnouncedCheckpoint checkpoint,
            CheckpointRefusedException refusal) {
        DeadLetters deadLetters = new DeadLetters(clock, settings.transactionalId(slot));
        DeadLetter letter =
                DeadLetter.newBuilder(
                                deadLetters.about(
                                        checkpoint.record(), refusal.kind(), refusal.getMessage()))
                        .setCheckpointId(checkpoint.checkpointId())
                        .setLabellingId(checkpoint.readable() ? checkpoint.labellingId() : null)
                        .build();
        if (written(letter, settings.transactionalId(slot))) {
            log.info(
                    "checkpoint failed as before: {} checkpoint={}",
                    refusal.getMessage(),
                    checkpoint.checkpointId());
            return;
        }
        producer.inTransaction(() -> DeadLetters.send(producer, letter));
        metrics.deadLetter(refusal.kind());
        log.error(
                "checkpoint failed ({}: {}), labelling goes on without it checkpoint={}"
                        + " partition={} offset={}",
                refusal.kind(),
                refusal.getMessage(),
                checkpoint.checkpointId(),
                letter.getPartition(),
                letter.getOffset());
    }

    private boolean written(DeadLetter letter, String clientId) {
        return TopicReader.latest(kafka.consumers(), Topics.DEAD_LETTERS, clientId)
                .containsKey(DeadLetters.keyOf(letter));
    }
}
