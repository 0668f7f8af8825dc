package io.labelworth.it.analytics;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An embedded cluster with all topics and schemas, and typed access to it. */
final class AnalyticsCluster implements AutoCloseable {

    private final EmbeddedCluster cluster;
    private final EventProducer producer;
    final KafkaSettings settings;
    final SchemaRegistry registry;

    AnalyticsCluster(Path data) {
        cluster = EmbeddedCluster.start(data, line -> {});
        settings = KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl());
        registry = new SchemaRegistry(settings.schemaRegistryUrl(), Map.of());
        registry.register(Topics.all());
        try (Cluster admin = Cluster.connect(settings)) {
            admin.ensure(Topics.all());
        }
        producer = EventProducer.idempotent(settings, registry, "test");
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        producer.sendAndWait(topic, key, value);
    }

    void send(List<Run> runs) {
        runs.stream()
                .map(run -> producer.send(Topics.ACCURACY, run.runId(), run.event()))
                .toList()
                .forEach(EventProducer::acknowledged);
    }

    /** Sends bytes that are no event and returns their offset. */
    long sendUnreadable(Topic<?> topic) throws Exception {
        try (KafkaProducer<String, byte[]> raw =
                new KafkaProducer<>(
                        settings.client("test-raw", Map.of(), Map.of()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            return raw.send(new ProducerRecord<>(topic.name(), "key", new byte[] {7, 7, 7}))
                    .get()
                    .offset();
        }
    }

    /** All committed events of a topic about one dataset, in order. */
    <V extends SpecificRecord> List<V> committed(Topic<V> topic, String dataset) {
        return TopicReader.all(new EventConsumers(settings, registry), topic, "test-reader")
                .stream()
                .filter(event -> event.toString().contains("\"" + dataset + "\""))
                .toList();
    }

    /** The last committed event of each key about one dataset. */
    <V extends SpecificRecord> Map<String, V> latest(Topic<V> topic, String dataset) {
        Map<String, V> latest = new LinkedHashMap<>();
        try (TopicReader<V> reader =
                new TopicReader<>(new EventConsumers(settings, registry), topic, "test-reader")) {
            reader.catchUp(record -> keep(record, dataset, latest));
        }
        return latest;
    }

    @Override
    public void close() {
        producer.close();
        cluster.close();
    }

    private static <V extends SpecificRecord> void keep(
            ConsumerRecord<String, Decoded<V>> record, String dataset, Map<String, V> latest) {
        if (record.value().readable()
                && record.value().value().toString().contains("\"" + dataset + "\"")) {
            latest.put(record.key(), record.value().value());
        }
    }
}
