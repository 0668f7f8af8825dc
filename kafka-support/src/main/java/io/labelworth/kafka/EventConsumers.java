package io.labelworth.kafka;

import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers that never commit by themselves and see committed records only. */
public final class EventConsumers {

    private static final int SHARED_FETCH_WAIT_MS = 100;

    private final KafkaSettings settings;
    private final SchemaRegistry registry;

    /** Consumers of one cluster. */
    public EventConsumers(KafkaSettings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
    }

    /** A member of a consumer group of the new protocol (KIP-848), from the start of the topic. */
    public <V extends SpecificRecord> KafkaConsumer<String, Decoded<V>> grouped(
            Topic<V> topic, String groupId, String clientId, Map<String, ?> preferences) {
        Map<String, Object> required = new HashMap<>(exactReading());
        required.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        required.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        return new KafkaConsumer<>(
                settings.client(clientId, preferences, required),
                new StringDeserializer(),
                decoder(topic));
    }

    /** A consumer without a group; the caller assigns partitions. */
    public <V extends SpecificRecord> KafkaConsumer<String, Decoded<V>> assigned(
            Topic<V> topic, String clientId, Map<String, ?> preferences) {
        return new KafkaConsumer<>(
                settings.client(clientId, preferences, exactReading()),
                new StringDeserializer(),
                decoder(topic));
    }

    /** A consumer without a group for topics of several types; the caller assigns partitions. */
    public KafkaConsumer<String, Decoded<SpecificRecord>> assigned(
            String clientId, Map<String, ?> preferences) {
        return new KafkaConsumer<>(
                settings.client(clientId, preferences, exactReading()),
                new StringDeserializer(),
                new DecodingDeserializer<>(registry.deserializer(SpecificRecord.class)));
    }

    /** All partitions of topics, for a consumer that is assigned them. */
    public static List<TopicPartition> partitions(
            KafkaConsumer<?, ?> consumer, Topic<?>... topics) {
        return Stream.of(topics)
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /**
     * A member of a share group (KIP-932) that takes one record at a time and acknowledges
     * explicitly. {@code record_limit} matters: the default acquire mode gave one worker all jobs
     * of a batch whatever max.poll.records said.
     */
    public <V extends SpecificRecord> ShareConsumer<String, Decoded<V>> shared(
            Topic<V> topic, String groupId, String clientId) {
        Map<String, Object> required =
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        groupId,
                        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                        "explicit",
                        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                        "record_limit",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1);
        // A waiting fetch is not woken by a commit, so the wait is the delay of transactional
        // records.
        Map<String, Object> preferred =
                Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHARED_FETCH_WAIT_MS);
        return new KafkaShareConsumer<>(
                settings.client(clientId, preferred, required),
                new StringDeserializer(),
                decoder(topic));
    }

    private static Map<String, Object> exactReading() {
        return Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
    }

    /** Reads values of a topic as {@link Decoded}; for clients that are not built here. */
    public <V extends SpecificRecord> Deserializer<Decoded<V>> decoder(Topic<V> topic) {
        return new DecodingDeserializer<>(registry.deserializer(topic.valueType()));
    }
}
