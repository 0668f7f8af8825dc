package io.labelworth.kafka;

import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes down records that could not be processed: what, why and by whom; never what they contain.
 */
public final class DeadLetters {

    private final Clock clock;
    private final String worker;

    /** Dead letters of one worker. */
    public DeadLetters(Clock clock, String worker) {
        this.clock = clock;
        this.worker = worker;
    }

    /** A letter about a record that was not needed for anything in particular. */
    public DeadLetter about(ConsumerRecord<?, ?> record, String kind, String reason) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setLabellingId(null)
                .setCheckpointId(null)
                .setImageId(null)
                .setKind(kind)
                .setReason(reason)
                .setWorker(worker)
                .setFailedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** Sends a letter with the given producer, inside its transaction if it has one. */
    public static Future<RecordMetadata> send(EventProducer producer, DeadLetter letter) {
        return producer.send(Topics.DEAD_LETTERS, keyOf(letter), letter);
    }

    /** Key of a letter: the latest record of a key is what became of the record it is about. */
    public static String keyOf(DeadLetter letter) {
        return Keys.deadLetter(
                letter.getTopic(),
                letter.getPartition(),
                letter.getOffset(),
                letter.getLabellingId());
    }
}
