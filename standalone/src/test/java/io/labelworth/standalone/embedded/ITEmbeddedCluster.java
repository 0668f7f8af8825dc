package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.ServiceState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A running cluster in this process. */
@TestInstance(Lifecycle.PER_CLASS)
class ITEmbeddedCluster {

    private static final String GROUP = "workers";
    private static final int JOBS = 20;

    private Path dir;
    private EmbeddedCluster cluster;

    @BeforeAll
    void start(@TempDir Path dataDir) {
        dir = dataDir;
        cluster = EmbeddedCluster.start(dir, line -> {});
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void aShareGroupHandsOutEveryJobProducedBeforeItsFirstMember() throws Exception {
        // Given
        ClusterClients clients = new ClusterClients(cluster.bootstrapServers());
        clients.createTopic("jobs");
        clients.commit("jobs", JOBS);
        startShareGroupFromTheBeginning();

        // When
        List<String> jobs = takeJobs();

        // Then
        assertThat(jobs).hasSize(JOBS).doesNotHaveDuplicates();
    }

    @Test
    void aKilledBrokerComesBackWithItsRecordsWhereItWas() throws Exception {
        // Given
        ClusterClients clients = new ClusterClients(cluster.bootstrapServers());
        clients.createTopic("survivors");
        clients.commit("survivors", 100);

        // When
        ProcessHandle killed = broker();
        killed.destroyForcibly();
        killed.onExit().get();

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.check().up());
        assertThat(clients.readCommitted("survivors")).hasSize(100);
    }

    @Test
    void otherProcessesLearnOfTheDashboard() {
        // When
        cluster.publishDashboard("http://127.0.0.1:8088");

        // Then
        assertThat(RuntimeFile.read(dir))
                .hasValueSatisfying(
                        info -> {
                            assertThat(info.dashboardUrl()).isEqualTo("http://127.0.0.1:8088");
                            assertThat(info.bootstrapServers())
                                    .isEqualTo(cluster.bootstrapServers());
                        });
    }

    @Test
    void aClosedClusterSaysSoAndItsDirectoryCanBeUsedAgain(@TempDir Path other) {
        // Given
        EmbeddedCluster first = EmbeddedCluster.start(other, line -> {});

        // When
        first.close();

        // Then
        assertThat(first.check().state()).isEqualTo(ServiceState.STOPPED);
        assertThat(first.termination()).isCompleted();
        EmbeddedCluster second = EmbeddedCluster.start(other, line -> {});
        assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
        second.close();
    }

    private ProcessHandle broker() {
        return ProcessHandle.current()
                .children()
                .filter(
                        child ->
                                child.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains(BrokerMain.class.getName()))
                .findFirst()
                .orElseThrow();
    }

    private void startShareGroupFromTheBeginning() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.GROUP, GROUP),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "share.auto.offset.reset", "earliest"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private List<String> takeJobs() {
        List<String> jobs = new ArrayList<>();
        try (KafkaShareConsumer<String, String> consumer =
                new KafkaShareConsumer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers(), "group.id", GROUP),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.subscribe(List.of("jobs"));
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200))
                                        .forEach(job -> jobs.add(job.value()));
                                return jobs.size() >= JOBS;
                            });
        }
        return jobs;
    }
}
