package io.labelworth.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poll that outlasts a schema registry that is away: {@link DecodingDeserializer} throws for that
 * only, the consumer then stays on the record, and the next poll tries it again.
 */
public final class PatientPoll {

    private static final Logger log = LoggerFactory.getLogger(PatientPoll.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private PatientPoll() {}

    /** The next records; none when nothing came in time or the registry did not answer. */
    public static <V> ConsumerRecords<String, Decoded<V>> poll(
            Consumer<String, Decoded<V>> consumer, Duration timeout) {
        try {
            return consumer.poll(timeout);
        } catch (RecordDeserializationException e) {
            log.warn(
                    "waiting for the schema registry to read partition {} offset {}: {}",
                    e.topicPartition(),
                    e.offset(),
                    e.getMessage());
            pause();
            return ConsumerRecords.empty();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
