package io.labelworth.analytics.topology;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The real topology and serdes over a registry in memory; what is written is kept by topic. */
final class TopologyDriver implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** A turn fits at least one curve. */
    private static final int TURNS = 50;

    private final SchemaRegistry registry =
            new SchemaRegistry("mock://" + System.identityHashCode(this), Map.of());
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> accuracy;
    private final Map<String, Map<String, SpecificRecord>> latest = new HashMap<>();
    private final Map<String, Integer> published = new HashMap<>();

    TopologyDriver() {
        registry.register(Topics.all());
        StreamsBuilder builder = new StreamsBuilder();
        new AnalyticsTopology(
                        registry,
                        new EventConsumers(KafkaSettings.of("none:1", "mock://none"), registry)
                                .decoder(Topics.ACCURACY),
                        new DeadLetters(Clock.systemUTC(), "test"),
                        INTERVAL)
                .define(builder);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, "target/streams-test");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(builder.build(), properties);
        accuracy =
                driver.createInputTopic(
                        Topics.ACCURACY.name(), new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends results and lets changed families be published. */
    void send(Accuracy... results) {
        sendAtOnce(results);
        idle();
    }

    /** Sends results; no time passes. */
    void sendAtOnce(Accuracy... results) {
        for (Accuracy result : results) {
            sendBytes(
                    result.getRunId(),
                    registry.serializer(Accuracy.class).serialize(Topics.ACCURACY.name(), result));
        }
    }

    void sendBytes(String key, byte[] value) {
        accuracy.pipeInput(key, value);
    }

    /** Lets time pass without events, enough for a round of fits however slow the machine is. */
    void idle() {
        for (int turn = 0; turn < TURNS; turn++) {
            turn();
        }
    }

    /** Lets as much time pass as lies between two looks at changed families: 200 ms. */
    void turn() {
        driver.advanceWallClockTime(INTERVAL);
        List.of(
                        Topics.ACCURACY_SUMMARY,
                        Topics.PARETO_FRONTIER,
                        Topics.SCALING_LAWS,
                        Topics.LABEL_WORTH,
                        Topics.DEAD_LETTERS)
                .forEach(this::drain);
    }

    /** The last event of each key, in order of first appearance. */
    <V extends SpecificRecord> Map<String, V> latest(Topic<V> topic) {
        Map<String, V> values = new LinkedHashMap<>();
        latest.getOrDefault(topic.name(), Map.of())
                .forEach((key, value) -> values.put(key, topic.valueType().cast(value)));
        return values;
    }

    /** Members of each frontier; who entered last depends on the order by definition. */
    Map<String, List<?>> members() {
        Map<String, List<?>> members = new HashMap<>();
        latest(Topics.PARETO_FRONTIER)
                .forEach((key, frontier) -> members.put(key, frontier.getPoints()));
        return members;
    }

    /** The stored results of a configuration. */
    List<Accuracy> runs(String configurationId) {
        return RunsOfConfiguration.of(
                driver.getKeyValueStore(AnalyticsTopology.RESULTS), configurationId);
    }

    /** Events of a topic written so far. */
    int published(Topic<?> topic) {
        drain(topic);
        return published.getOrDefault(topic.name(), 0);
    }

    @Override
    public void close() {
        driver.close();
    }

    private <V extends SpecificRecord> void drain(Topic<V> topic) {
        driver.createOutputTopic(
                        topic.name(),
                        new StringDeserializer(),
                        registry.deserializer(topic.valueType()))
                .readRecordsToList()
                .forEach(
                        record -> {
                            latest.computeIfAbsent(topic.name(), name -> new LinkedHashMap<>())
                                    .put(record.key(), record.value());
                            published.merge(topic.name(), 1, Integer::sum);
                        });
    }
}
