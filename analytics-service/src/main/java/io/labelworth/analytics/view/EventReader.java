package io.labelworth.analytics.view;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.PatientPoll;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads single events again, so that what few ask for need not be kept in memory. One question at a
 * time; each takes some milliseconds.
 */
public final class EventReader implements AutoCloseable {

    private static final String CLIENT = "labelworth-analytics-reader";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final EventConsumers consumers;
    private KafkaConsumer<String, Decoded<SpecificRecord>> consumer;

    /** A reader that connects when it is first asked. */
    public EventReader(EventConsumers consumers) {
        this.consumers = consumers;
    }

    /** The event at an offset; empty where the cluster did not give it in time. */
    public synchronized Optional<SpecificRecord> at(TopicOffset where) {
        if (consumer == null) {
            consumer =
                    consumers.assigned(CLIENT, Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1));
        }
        consumer.assign(List.of(where.partition()));
        consumer.seek(where.partition(), where.offset());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<String, Decoded<SpecificRecord>> record :
                    PatientPoll.poll(consumer, POLL)) {
                return record.offset() == where.offset() && record.value().readable()
                        ? Optional.of(record.value().value())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
