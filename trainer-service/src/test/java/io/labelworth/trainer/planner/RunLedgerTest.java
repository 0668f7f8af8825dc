package io.labelworth.trainer.planner;

import static io.labelworth.trainer.planner.Given.NOW;
import static io.labelworth.trainer.planner.Given.run;
import static io.labelworth.trainer.planner.Given.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.TrainingRun;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunLedgerTest {

    private final RunLedger ledger = new RunLedger(Duration.ofSeconds(60));

    @Test
    void aRunWhoseHeartbeatStoppedIsOverdue() {
        // Given
        ledger.published(run("first"), 0, NOW);
        ledger.heard(running(run("first"), "w"), NOW);

        // When
        Instant later = NOW.plusSeconds(31);

        // Then
        assertThat(ledger.overdue(NOW.plusSeconds(30))).isEmpty();
        assertThat(ledger.overdue(later)).extracting(TrainingRun::getRunId).containsOnly("first");
    }

    @Test
    void aRunThatWaitsBehindOthersIsNotOverdue() {
        // Given
        ledger.published(run("busy"), 0, NOW);
        ledger.published(run("waiting"), 0, NOW);

        // When
        ledger.heard(running(run("busy"), "w"), NOW.plusSeconds(100));

        // Then
        assertThat(ledger.overdue(NOW.plusSeconds(120))).isEmpty();
    }

    @Test
    void aRunThatNobodyTakesIsOverdueOnceNoRunGivesASignOfLife() {
        // Given
        ledger.published(run("waiting"), 0, NOW);

        // When
        Instant later = NOW.plusSeconds(61);

        // Then
        assertThat(ledger.overdue(NOW.plusSeconds(60))).isEmpty();
        assertThat(ledger.overdue(later)).hasSize(1);
    }

    @Test
    void nothingTakesASettledRunBack() {
        // Given
        ledger.published(run("run"), 0, NOW);
        ledger.settled("run", NOW);

        // When
        ledger.published(run("run"), 0, NOW);
        ledger.heard(running(run("run"), "w"), NOW);

        // Then
        assertThat(ledger.outstanding()).isZero();
        assertThat(ledger.isSettled("run")).isTrue();
    }

    @Test
    void aReplayIsNoneOfThePlannersBusiness() {
        // Given
        TrainingRun replay = TrainingRun.newBuilder(run("run")).setReplayOf("run-1").build();

        // When
        ledger.published(replay, 0, NOW);

        // Then
        assertThat(ledger.knows("run")).isFalse();
    }

    @Test
    void workersCountAsLongAsTheyGiveASignOfLife() {
        // Given
        ledger.heard(running(run("one"), "a"), NOW);
        ledger.heard(running(run("two"), "b"), NOW.plusSeconds(20));

        // When
        int workers = ledger.workers(NOW.plusSeconds(40));

        // Then
        assertThat(workers).isEqualTo(1);
    }
}
