package io.labelworth.standalone.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir Path dir;
    private ChildProcess child;

    @AfterEach
    void tearDown() {
        child.stop(Duration.ZERO);
    }

    @Test
    void aChildThatIsStoppedRunsItsShutdownHooks() throws InterruptedException {
        // Given
        startUp("serving");

        // When
        child.stop(GRACE);

        // Then
        assertThat(child.isAlive()).isFalse();
        assertThat(dir.resolve("stopped")).exists();
    }

    @Test
    void aChildThatDoesNotEndIsKilledAfterTheGrace() throws InterruptedException {
        // Given
        startUp("stubborn");

        // When
        child.stop(Duration.ofMillis(300));

        // Then
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void theTerminalsCtrlCIsLeftToTheParent() throws Exception {
        // Given
        startUp("serving");

        // When
        new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start().waitFor();

        // Then
        Thread.sleep(500);
        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void aSecondChildWithTheSameLockDies() throws InterruptedException {
        // Given
        startUp("serving");
        Path lock = dir.resolve("lock");
        ChildProcess second = ChildProcess.launch(TestChild.command(dir, lock, "serving"));

        // When / Then
        assertThatThrownBy(() -> second.awaitReady(() -> false, Duration.ofSeconds(10)))
                .isInstanceOf(ChildException.class)
                .hasMessageContaining("status " + ChildMain.LOCKED)
                .hasMessageContaining("another process holds " + lock);
    }

    @Test
    void aChildThatDoesNotComeUpIsReported() {
        // Given
        child = launch("serving");

        // When / Then
        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(300)))
                .isInstanceOf(ChildException.class)
                .hasMessageContaining("the test child did not answer within 0 s")
                .hasMessageContaining("child.log");
    }

    private void startUp(String kind) throws InterruptedException {
        child = launch(kind);
        child.awaitReady(() -> TestChild.isUp(dir), Duration.ofSeconds(10));
    }

    private ChildProcess launch(String kind) {
        return ChildProcess.launch(TestChild.command(dir, dir.resolve("lock"), kind));
    }
}
