package io.labelworth.standalone.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.standalone.embedded.process.ChildException.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildDiagnosisTest {

    @TempDir Path dir;
    private ChildCommand command;

    @BeforeEach
    void setUp() {
        command = TestChild.command(dir, dir.resolve("lock"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DISK_FULL    | java.io.IOException: No space left on device          | free some space
            PORT_TAKEN   | Caused by: java.net.BindException: Address already in use | start again
            PORT_TAKEN   | Port 8080 seems to be in use by another process  | start again
            NOT_WRITABLE | java.nio.file.AccessDeniedException: kafka/.lock      | the right to
            DAMAGED      | Error reading /d/kafka/meta.properties                | restore
            DAMAGED      | Caused by: org.h2.mvstore.MVStoreException: Reading from file | restore
            OTHER        | 2026-11-21 ERROR KafkaRaftServer - something else     | something else
            """)
    void whatItDiedOfIsSaidInOneLineThatHelps(Reason reason, String logged, String advice) {
        // Given the log
        // When
        ChildException death =
                ChildDiagnosis.diagnose(command, "stopped with status 1", List.of(logged));

        // Then
        assertThat(death.reason()).isEqualTo(reason);
        assertThat(death)
                .hasMessageStartingWith("the test child stopped with status 1: ")
                .hasMessageContaining(advice)
                .hasMessageEndingWith("; see " + command.log())
                .hasMessageNotContaining("\n");
    }

    @Test
    void aKillLeavesNoReasonButTheStatus() {
        // Given a log without a line
        // When
        ChildException death =
                ChildDiagnosis.diagnose(command, "stopped with status 137", List.of());

        // Then
        assertThat(death)
                .hasMessage("the test child stopped with status 137; see " + command.log());
        assertThat(death.isWorthRestarting()).isTrue();
    }
}
