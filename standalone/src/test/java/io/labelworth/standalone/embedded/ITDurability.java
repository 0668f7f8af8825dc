package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Given records acknowledged with acks=all, an aborted transaction and every registered schema;
 * when broker, registry and their parent are killed at once and started again; then all of it
 * holds.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ITDurability {

    private static final int RECORDS = 5_000;

    private static final AvroSchema INCOMPATIBLE =
            new AvroSchema(
                    "{\"type\":\"record\",\"name\":\"Other\",\"fields\":"
                            + "[{\"name\":\"without_default\",\"type\":\"long\"}]}");

    private ClusterProcess cluster;
    private RuntimeInfo before;

    @BeforeAll
    void killAllAndRestart(@TempDir Path dir) throws Exception {
        // A comma and a semicolon end a path in Kafka's settings and in H2's URLs.
        Path dataDir = dir.resolve("data, with; odd characters");
        cluster = ClusterProcess.start(dataDir);
        before = cluster.runtime();
        ClusterClients clients = new ClusterClients(before.bootstrapServers());
        clients.createTopic("records");
        clients.abort("records", RECORDS);
        clients.commit("records", RECORDS);
        registry().register(Topics.all());
        cluster.killAll();
        cluster = ClusterProcess.start(dataDir);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void clientsFindItWhereItWas() {
        assertThat(cluster.runtime().bootstrapServers()).isEqualTo(before.bootstrapServers());
        assertThat(cluster.runtime().schemaRegistryUrl()).isEqualTo(before.schemaRegistryUrl());
    }

    @Test
    void everyCommittedRecordIsThereOnceAndNoAbortedOne() throws Exception {
        // When
        var values =
                new ClusterClients(cluster.runtime().bootstrapServers()).readCommitted("records");

        // Then
        assertThat(values)
                .hasSize(RECORDS)
                .doesNotHaveDuplicates()
                .allMatch(value -> value.startsWith("committed"));
    }

    @Test
    void everySchemaIsStillRegisteredUnderFullTransitive() throws Exception {
        for (Topic<?> topic : Topics.all()) {
            assertThat(registry().client().getCompatibility(topic.subject()))
                    .as(topic.name())
                    .isEqualTo(SchemaRegistry.COMPATIBILITY);
            assertThat(registry().client().getAllVersions(topic.subject()))
                    .as(topic.name())
                    .containsExactly(1);
        }
    }

    @Test
    void anIncompatibleSchemaIsRefused() {
        assertThatThrownBy(
                        () ->
                                registry()
                                        .client()
                                        .register(Topics.IMAGE_REFS.subject(), INCOMPATIBLE))
                .isInstanceOfSatisfying(
                        RestClientException.class,
                        refusal -> assertThat(refusal.getStatus()).isEqualTo(409));
    }

    private SchemaRegistry registry() {
        return new SchemaRegistry(cluster.runtime().schemaRegistryUrl(), Map.of());
    }
}
