package io.labelworth.standalone.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedChildTest {

    @TempDir Path dir;
    private final BlockingQueue<ChildException> givenUp = new LinkedBlockingQueue<>();
    private SupervisedChild child;

    @AfterEach
    void tearDown() {
        child.stop(Duration.ZERO);
    }

    @Test
    void aChildThatIsKilledIsStartedAgain() throws Exception {
        // Given
        child = supervised(3, "serving");
        child.launch();
        child.awaitReady();
        child.supervise();
        long first = child.pid();
        Files.delete(dir.resolve("ready"));

        // When
        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> child.isReady());
        assertThat(child.pid()).isNotEqualTo(first);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void aChildThatKeepsDyingIsGivenUpWithItsLastError() throws Exception {
        // Given
        child = supervised(2, "failing", "2026-11-21 ERROR Broker - the last straw");
        child.launch();

        // When
        child.supervise();

        // Then
        ChildException death = givenUp.poll(20, TimeUnit.SECONDS);
        assertThat(death)
                .hasMessageContaining("the last straw")
                .hasMessageContaining("2 restarts")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFullDiskIsNotAnsweredByRestarts() throws Exception {
        // Given
        child = supervised(1_000, "failing", "ERROR java.io.IOException: No space left on device");
        child.launch();

        // When
        child.supervise();

        // Then
        ChildException death = givenUp.poll(20, TimeUnit.SECONDS);
        assertThat(death.reason()).isEqualTo(ChildException.Reason.DISK_FULL);
        assertThat(death).hasMessageContaining("free some space");
    }

    @Test
    void aChildThatWasStoppedIsNotStartedAgain() throws Exception {
        // Given
        child = supervised(3, "serving");
        child.launch();
        child.awaitReady();
        child.supervise();

        // When
        child.stop(Duration.ofSeconds(5));

        // Then
        Thread.sleep(300);
        assertThat(child.isReady()).isFalse();
        assertThat(givenUp).isEmpty();
    }

    private SupervisedChild supervised(int restarts, String... arguments) {
        return new SupervisedChild(
                TestChild.command(dir, dir.resolve("lock"), arguments),
                () -> TestChild.isUp(dir),
                Duration.ofSeconds(10),
                new RestartBudget(restarts, Duration.ofMinutes(10), Clock.systemUTC()),
                givenUp::add);
    }
}
