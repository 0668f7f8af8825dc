package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeFileTest {

    private static final long OWN_PID = ProcessHandle.current().pid();

    @TempDir Path dir;
    private RuntimeFile file;

    @BeforeEach
    void setUp() {
        file = RuntimeFile.of(new DataDirectory(dir));
    }

    @Test
    void aRunningClusterIsFound() {
        // Given
        RuntimeInfo info = info(OWN_PID, Instant.now()).withDashboard("http://127.0.0.1:8088");
        file.write(info);

        // When / Then
        assertThat(RuntimeFile.read(dir)).contains(info);
    }

    @Test
    void whatAKilledProcessLeftIsIgnored() throws Exception {
        // Given a process that has ended
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        file.write(info(ended.pid(), Instant.now()));

        // When / Then
        assertThat(RuntimeFile.read(dir)).isEmpty();
    }

    @Test
    void aLaterProcessWithTheSameIdIsNotTheCluster() {
        // Given this process's id, from before this process was there
        file.write(info(OWN_PID, Instant.parse("2020-01-01T00:00:00Z")));

        // When / Then
        assertThat(RuntimeFile.read(dir)).isEmpty();
    }

    @Test
    void noFileMeansNoCluster() {
        assertThat(RuntimeFile.read(dir)).isEmpty();
    }

    @Test
    void aFileThatIsNotOneMeansNoCluster() throws IOException {
        // Given
        Files.writeString(dir.resolve("runtime.json"), "{\"pid\": 1");

        // When / Then
        assertThat(RuntimeFile.read(dir)).isEmpty();
    }

    @Test
    void afterACleanStopNothingIsLeft() {
        // Given
        file.write(info(OWN_PID, Instant.now()));

        // When
        file.delete();

        // Then
        assertThat(dir).isEmptyDirectory();
    }

    private static RuntimeInfo info(long pid, Instant startedAt) {
        return new RuntimeInfo(
                pid, "127.0.0.1:20001", "http://127.0.0.1:20003", null, startedAt.toString());
    }
}
