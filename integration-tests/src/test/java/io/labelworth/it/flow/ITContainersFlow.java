package io.labelworth.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.standalone.stack.LocalPaths;
import io.labelworth.standalone.stack.Services;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The same services and the same guarantees on Apache's broker image and Confluent's registry
 * image.
 */
@Testcontainers(disabledWithoutDocker = true)
class ITContainersFlow {

    private static final int REGISTRY_PORT = 8081;
    private static final String KAFKA_INSIDE = "kafka:19092";

    private static final Network NETWORK = Network.SHARED;

    @Container
    private static final KafkaContainer KAFKA =
            new KafkaContainer("apache/kafka:4.3.1")
                    .withNetwork(NETWORK)
                    .withListener(KAFKA_INSIDE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                    .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");

    @Container
    private static final GenericContainer<?> REGISTRY =
            new GenericContainer<>("confluentinc/cp-schema-registry:7.9.2")
                    .dependsOn(KAFKA)
                    .withNetwork(NETWORK)
                    .withExposedPorts(REGISTRY_PORT)
                    .withEnv("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
                    .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + REGISTRY_PORT)
                    .withEnv(
                            "SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS",
                            "PLAINTEXT://" + KAFKA_INSIDE)
                    .waitingFor(Wait.forHttp("/subjects").forPort(REGISTRY_PORT));

    @TempDir Path directory;

    @Test
    void fromImagesToLabelWorth() throws Exception {
        // Given
        LocalPaths paths = new LocalPaths(directory);
        Dataset dataset = TinyDataset.create(paths.images(), 60, 20);
        Datasets datasets = TinyDataset.datasets(paths.images().resolve(TinyDataset.NAME));
        String registry =
                "http://" + REGISTRY.getHost() + ":" + REGISTRY.getMappedPort(REGISTRY_PORT);
        KafkaSettings settings = KafkaSettings.of(KAFKA.getBootstrapServers(), registry);
        try (KafkaConnection connection = KafkaConnection.open(settings);
                Services services = Services.start(connection, paths, 0, datasets)) {
            FlowScenario scenario = new FlowScenario(connection, paths, dataset);

            // When
            FlowScenario.Pass pass = scenario.run();

            // Then
            FlowGuarantees.check(scenario, pass, connection);
            assertThat(services.failure()).isEmpty();
        }
    }
}
