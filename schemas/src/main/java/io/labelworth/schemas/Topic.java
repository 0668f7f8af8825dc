package io.labelworth.schemas;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * One topic of Labelworth: its name, what its key means, its value type, and how the cluster must
 * hold it.
 *
 * @param name name on the cluster
 * @param key what the UTF-8 text key is made of, for readers
 * @param valueType generated Avro class of the values
 * @param partitions partitions it is created with; fixed from then on, since keys are placed by
 *     them
 * @param retention whether every record is kept or the last one of each key
 * @param <V> value type
 */
public record Topic<V extends SpecificRecord>(
        String name, String key, Class<V> valueType, int partitions, Retention retention) {

    /**
     * Largest record: the manifest of a set names every image, some 15 bytes for each, and that of
     * 200 images of each of 1000 classes does not fit into the megabyte that is Kafka's default.
     */
    public static final int MAX_RECORD_BYTES = 16 << 20;

    /** How long the cluster keeps records. */
    public enum Retention {
        /**
         * Nothing is ever deleted, so an offset means the same record for ever and a replay is
         * exact.
         */
        KEEP_FOREVER(
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG, "-1")),
        /** The last record of each key is kept: state, not history. */
        COMPACT(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));

        private final Map<String, String> topicConfig;

        Retention(Map<String, String> topicConfig) {
            this.topicConfig = topicConfig;
        }

        /** The topic-level settings that make the cluster do so. */
        public Map<String, String> topicConfig() {
            return topicConfig;
        }
    }

    /** Refuses an unnamed topic or one without partitions. */
    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(valueType, "valueType");
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic " + name + " needs at least 1 partition, not " + partitions);
        }
    }

    /** Keys are plain UTF-8 text, so that every Kafka tool shows them. */
    public Serde<String> keySerde() {
        return Serdes.String();
    }

    /** Values are Avro in Confluent's wire format, subject by TopicNameStrategy. */
    public Serde<V> valueSerde(SchemaRegistry registry) {
        return registry.serde(valueType);
    }

    /** Subject of the value schema under TopicNameStrategy. */
    public String subject() {
        return name + "-value";
    }

    /** The topic-level settings it is created with. */
    public Map<String, String> topicConfig() {
        Map<String, String> config = new TreeMap<>(retention.topicConfig());
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));
        return config;
    }

    /** The request that creates this topic with the given replication factor. */
    public NewTopic newTopic(short replicationFactor) {
        return new NewTopic(name, partitions, replicationFactor).configs(topicConfig());
    }
}
