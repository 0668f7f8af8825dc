package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who lives, who dies and who is refused, seen from outside. */
class ITProcesses {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir Path dir;

    @Test
    void sigtermStopsEverythingInTimeAndLeavesTheDirectoryFree() throws Exception {
        // Given
        Path dataDir = dir.resolve("data");
        try (ClusterProcess cluster = ClusterProcess.start(dataDir)) {
            List<ProcessHandle> children = cluster.children();

            // When
            cluster.terminate();

            // Then
            cluster.awaitExit(LIMIT);
            assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
            assertThat(dataDir.resolve("runtime.json")).doesNotExist();
            assertThat(dataDir.resolve("kafka/.kafka_cleanshutdown")).exists();
        }
    }

    @Test
    void aKilledParentLeavesNoOrphans() throws Exception {
        // Given
        try (ClusterProcess cluster = ClusterProcess.start(dir.resolve("data"))) {
            List<ProcessHandle> children = cluster.children();

            // When
            cluster.killParent();

            // Then
            assertThat(children).hasSize(2);
            await().atMost(LIMIT).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void aSecondStartIsRefusedInOneLineNamingTheFirst() throws Exception {
        // Given
        Path dataDir = dir.resolve("data");
        try (ClusterProcess first = ClusterProcess.start(dataDir)) {
            // When
            ClusterProcess second = ClusterProcess.launch(dataDir);

            // Then
            assertThat(second.awaitExit(LIMIT)).isEqualTo(1);
            assertThat(second.output().strip())
                    .contains("process " + first.runtime().pid())
                    .contains(dataDir.toString())
                    .doesNotContain("\n");
            assertThat(first.children()).hasSize(2).allMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void aDamagedDirectoryIsSaidInOneLineAndNothingKeepsRunning() throws Exception {
        // Given
        Path dataDir = dir.resolve("data");
        Files.createDirectories(dataDir.resolve("kafka"));
        Files.writeString(dataDir.resolve("kafka/meta.properties"), "version=?\n");

        // When / Then
        assertThatThrownBy(() -> EmbeddedCluster.start(dataDir, line -> {}))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("logs/broker.log")
                .hasMessageNotContaining("\n");
        assertThat(ProcessHandle.current().children().filter(ITProcesses::isClusterChild))
                .isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeOneIsSaidInOneLine() throws Exception {
        // Given a file where the directory should be
        Path file = Files.createFile(dir.resolve("file"));

        // When / Then
        assertThatThrownBy(() -> EmbeddedCluster.start(file.resolve("data"), line -> {}))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("--data")
                .hasMessageNotContaining("\n");
    }

    private static boolean isClusterChild(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("ChildMain");
    }
}
