package io.labelworth.it.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every topic, written by the real producers, is what its table says to readers in other languages:
 * plain keys, Confluent's frames, Avro values by the registry's schemas, committed records only.
 */
class ITIndependentReaders {

    private static final int MAGIC = 0;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path data;

    private static EmbeddedCluster cluster;
    private static SchemaRegistry registry;

    @BeforeAll
    static void writeTwoEventsToEveryTopic() {
        cluster = EmbeddedCluster.start(data, line -> {});
        KafkaSettings settings =
                KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl());
        registry = new SchemaRegistry(settings.schemaRegistryUrl(), Map.of());
        registry.register(Topics.all());
        try (Cluster admin = Cluster.connect(settings)) {
            admin.ensure(Topics.all());
        }
        try (EventProducer producer =
                EventProducer.transactional(settings, registry, "independent-readers")) {
            producer.inTransaction(
                    () -> Topics.all().forEach(topic -> send(producer, topic, "full")));
            abortOneTransaction(producer);
            producer.inTransaction(
                    () -> Topics.all().forEach(topic -> send(producer, topic, "sparse")));
        }
    }

    private static void abortOneTransaction(EventProducer producer) {
        assertThatThrownBy(
                        () ->
                                producer.inTransaction(
                                        () -> {
                                            Topics.all()
                                                    .forEach(
                                                            topic ->
                                                                    send(
                                                                            producer, topic,
                                                                            "aborted"));
                                            throw new IllegalStateException("on purpose");
                                        }))
                .hasMessage("on purpose");
    }

    /** Waits for the broker: an aborted record must be on the log for a reader to pass over it. */
    private static <V extends SpecificRecord> void send(
            EventProducer producer, Topic<V> topic, String key) {
        producer.sendAndWait(topic, key, sample(topic, key));
    }

    private static <V extends SpecificRecord> V sample(Topic<V> topic, String key) {
        return key.equals("sparse")
                ? SampleEvents.sparse(topic.valueType())
                : SampleEvents.full(topic.valueType());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Named<Topic<?>>> topics() {
        return Topics.all().stream().map(topic -> Named.of(topic.name(), topic));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void kcatReadsThePlainKeysOfCommittedRecords(Topic<?> topic) {
        // Given two committed records and an aborted one between them
        Tool kcat = Tool.kcat();

        // When kcat prints the keys
        List<String> keys = kcat.lines(readCommitted(topic, "%k\\n"));

        // Then the committed ones are there, once each
        assertThat(keys).containsExactlyInAnyOrder("full", "sparse");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void kcatReadsConfluentFrames(Topic<?> topic) throws Exception {
        // Given the id that the registry gave the topic's schema
        Tool kcat = Tool.kcat();
        int id = registry.client().getLatestSchemaMetadata(topic.subject()).getId();

        // When kcat copies the values
        List<ByteBuffer> frames = frames(kcat.output(readCommitted(topic, "%R%s")));

        // Then each begins with the magic byte and that id
        assertThat(frames).hasSize(2);
        assertThat(frames)
                .allSatisfy(
                        frame -> {
                            assertThat(frame.get(0)).isEqualTo((byte) MAGIC);
                            assertThat(frame.getInt(1)).isEqualTo(id);
                        });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void pythonDecodesWhatTheRegistryDescribes(Topic<?> topic) throws Exception {
        // Given the frames as kcat read them
        Tool python = Tool.pythonWithAvro();
        byte[] frames = Tool.kcat().output(readCommitted(topic, "%R%s"));

        // When Avro for Python decodes them with the schema that the registry's REST gives
        byte[] output = python.outputFor(frames, script().toString(), cluster.schemaRegistryUrl());

        // Then it sees the events that were sent, field by field
        assertThat(
                        new String(output, StandardCharsets.UTF_8)
                                .lines()
                                .map(ITIndependentReaders::json))
                .containsExactlyInAnyOrder(decoded(topic, "full"), decoded(topic, "sparse"));
    }

    private static String[] readCommitted(Topic<?> topic, String format) {
        List<String> arguments =
                new ArrayList<>(List.of("-C", "-q", "-e", "-o", "beginning", "-f", format));
        arguments.addAll(List.of("-b", cluster.bootstrapServers(), "-t", topic.name()));
        arguments.addAll(List.of("-X", "isolation.level=read_committed"));
        // How long the broker holds back the empty answer that tells kcat of the end.
        arguments.addAll(List.of("-X", "fetch.wait.max.ms=10"));
        return arguments.toArray(String[]::new);
    }

    /** Splits what kcat's %R%s printed: a length of four bytes before each value. */
    private static List<ByteBuffer> frames(byte[] output) {
        List<ByteBuffer> frames = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(output);
        while (rest.hasRemaining()) {
            int length = rest.getInt();
            frames.add(rest.slice(rest.position(), length));
            rest.position(rest.position() + length);
        }
        return frames;
    }

    private static Path script() throws URISyntaxException {
        return Path.of(ITIndependentReaders.class.getResource("/judges/decode.py").toURI());
    }

    /**
     * What decode.py should print, read back as a line of its output is: 7 is 7 in JSON, int or
     * long.
     */
    private static JsonNode decoded(Topic<?> topic, String key) {
        SpecificRecord event = sample(topic, key);
        return json(
                JSON.createObjectNode()
                        .put("schema", event.getSchema().getFullName())
                        .<ObjectNode>set("value", EventJson.of(event))
                        .toString());
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
