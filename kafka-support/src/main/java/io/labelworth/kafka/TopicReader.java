package io.labelworth.kafka;

import io.labelworth.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads every partition of a topic from its start, committed records only, in offset order within a
 * partition, and then follows it. Used by one thread; {@link #wakeup} may be called by another.
 */
public final class TopicReader<V extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Topic<V> topic;
    private final KafkaConsumer<String, Decoded<V>> consumer;
    private final List<TopicPartition> partitions;

    /** Opens a reader at the start of the topic. */
    public TopicReader(EventConsumers consumers, Topic<V> topic, String clientId) {
        this.topic = topic;
        this.consumer = consumers.assigned(topic, clientId, Map.of());
        this.partitions = EventConsumers.partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The next records, unreadable ones included; empty when none came in time. */
    public ConsumerRecords<String, Decoded<V>> poll(Duration timeout) {
        return PatientPoll.poll(consumer, timeout);
    }

    /**
     * Reads on to where the committed end of the topic is now and hands over each readable record.
     */
    public void catchUp(Consumer<ConsumerRecord<String, Decoded<V>>> onRecord) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            PatientPoll.poll(consumer, POLL).forEach(onRecord);
        }
    }

    /**
     * Reads on until it has passed the given ends, and waits for open transactions below them.
     *
     * @param ends next offset by partition, as {@link Cluster#ends} says
     */
    public void readTo(
            Map<Integer, Long> ends, Consumer<ConsumerRecord<String, Decoded<V>>> onRecord) {
        while (ends.entrySet().stream().anyMatch(end -> position(end.getKey()) < end.getValue())) {
            PatientPoll.poll(consumer, POLL).forEach(onRecord);
        }
    }

    /** Next offset of a partition: every committed record below it has been handed over. */
    public long position(int partition) {
        return consumer.position(new TopicPartition(topic.name(), partition));
    }

    /** {@link #position} of every partition. */
    public Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new HashMap<>();
        partitions.forEach(p -> positions.put(p.partition(), consumer.position(p)));
        return positions;
    }

    /** Partitions of the topic on this cluster. */
    public int partitionCount() {
        return partitions.size();
    }

    /** Makes a blocking poll return at once with a WakeupException. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /**
     * All readable events of a topic up to its committed end now, in offset order within a
     * partition.
     */
    public static <V extends SpecificRecord> List<V> all(
            EventConsumers consumers, Topic<V> topic, String clientId) {
        List<V> values = new ArrayList<>();
        try (TopicReader<V> reader = new TopicReader<>(consumers, topic, clientId)) {
            reader.catchUp(
                    record -> {
                        if (record.value().readable()) {
                            values.add(record.value().value());
                        }
                    });
        }
        return values;
    }

    /** The last readable event of each key up to the committed end of the topic now. */
    public static <V extends SpecificRecord> Map<String, V> latest(
            EventConsumers consumers, Topic<V> topic, String clientId) {
        Map<String, V> values = new LinkedHashMap<>();
        try (TopicReader<V> reader = new TopicReader<>(consumers, topic, clientId)) {
            reader.catchUp(
                    record -> {
                        if (record.value().readable()) {
                            values.put(record.key(), record.value().value());
                        }
                    });
        }
        return values;
    }
}
