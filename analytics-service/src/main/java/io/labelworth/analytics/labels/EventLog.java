package io.labelworth.analytics.labels;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads stretches of topics on demand, committed records only, with one consumer that is opened
 * when it is first needed. Callers take turns.
 */
final class EventLog implements AutoCloseable {

    private static final String CLIENT = "labelworth-analytics-log";
    private static final int FETCH_WAIT_MS = 5;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventConsumers consumers;
    private KafkaConsumer<String, Decoded<SpecificRecord>> consumer;

    EventLog(EventConsumers consumers) {
        this.consumers = consumers;
    }

    /**
     * Hands over the readable records of a partition from one offset to before another, in order.
     *
     * @throws LogSilentException when the cluster does not give them in time
     */
    synchronized void read(
            Topic<?> topic,
            int partition,
            long from,
            long to,
            Consumer<ConsumerRecord<String, Decoded<SpecificRecord>>> onRecord) {
        if (from >= to) {
            return;
        }
        try {
            open();
            TopicPartition at = new TopicPartition(topic.name(), partition);
            consumer.assign(List.of(at));
            consumer.seek(at, from);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(at, PATIENCE) < to) {
                if (System.nanoTime() > deadline) {
                    throw new LogSilentException(
                            "the cluster did not give "
                                    + at
                                    + " up to offset "
                                    + to
                                    + " in "
                                    + PATIENCE.toSeconds()
                                    + " s; try again");
                }
                consumer.poll(POLL).records(at).stream()
                        .filter(record -> record.offset() < to && record.value().readable())
                        .forEach(onRecord);
            }
        } catch (KafkaException e) {
            throw new LogSilentException(
                    "the cluster did not give what was asked for (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The event at an offset; empty when it is not of the type, or is not there any more.
     *
     * @throws LogSilentException when the cluster does not give it in time
     */
    <V extends SpecificRecord> Optional<V> event(Topic<V> topic, int partition, long offset) {
        Event<V> found = new Event<>(topic.valueType());
        read(topic, partition, offset, offset + 1, record -> found.take(record.value().value()));
        return Optional.ofNullable(found.event);
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
        }
    }

    private void open() {
        if (consumer == null) {
            // A fetch that waits at the end of one stretch would hold up the next stretch's.
            consumer =
                    consumers.assigned(
                            CLIENT, Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS));
        }
    }

    private static final class Event<V> {
        private final Class<V> type;
        private V event;

        Event(Class<V> type) {
            this.type = type;
        }

        void take(SpecificRecord value) {
            if (type.isInstance(value)) {
                event = type.cast(value);
            }
        }
    }

    /** The cluster has not given a record in time. */
    static final class LogSilentException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LogSilentException(String message) {
            super(message);
        }

        LogSilentException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
