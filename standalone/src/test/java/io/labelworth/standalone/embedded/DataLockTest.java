package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.standalone.embedded.process.SupervisedChild;
import io.labelworth.standalone.embedded.process.TestChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {

    @TempDir Path dir;
    private DataDirectory data;

    @BeforeEach
    void setUp() {
        data = new DataDirectory(dir);
    }

    @Test
    void aSecondStartOfThisProcessIsRefusedInOneLineNamingIt() {
        // Given
        DataLock held = DataLock.acquire(data);

        // When / Then
        assertThatThrownBy(() -> DataLock.acquire(data))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining("--data")
                .hasMessageNotContaining("\n");
        held.close();
    }

    @Test
    void aReleasedDirectoryCanBeTakenAgain() {
        // Given
        DataLock.acquire(data).close();

        // When
        DataLock again = DataLock.acquire(data);

        // Then
        assertThat(data.owner()).exists();
        again.close();
    }

    @Test
    void anOwnerThatWasKilledDoesNotHoldTheDirectory() throws IOException {
        // Given the pid file of a process that never released it
        Files.writeString(data.owner(), "1 0");

        // When
        DataLock taken = DataLock.acquire(data);

        // Then
        assertThat(data.owner()).hasContent(ProcessIdentity.current().toString());
        taken.close();
    }

    @Test
    void aChildOfAnEarlierRunThatDoesNotEndIsNamed() throws Exception {
        // Given a child that holds its lock
        Path lock = data.brokerLock();
        SupervisedChild child = TestChild.serving(dir, lock);
        child.launch();
        child.awaitReady();
        try {
            // When / Then
            assertThatThrownBy(() -> DataLock.awaitReleased(lock, Duration.ofMillis(200)))
                    .isInstanceOf(EmbeddedClusterException.class)
                    .hasMessageContaining(lock.toString());
        } finally {
            child.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void aChildOfAnEarlierRunIsWaitedFor() throws Exception {
        // Given a child that ends after a moment
        Path lock = data.brokerLock();
        SupervisedChild child = TestChild.serving(dir, lock);
        child.launch();
        child.awaitReady();
        Thread end = new Thread(() -> child.stop(Duration.ofSeconds(5)));
        end.start();

        // When
        DataLock.awaitReleased(lock, Duration.ofSeconds(10));

        // Then
        end.join();
        assertThat(child.isReady()).isFalse();
    }
}
