package io.labelworth.trainer.planner;

import static io.labelworth.trainer.planner.Given.NOW;
import static io.labelworth.trainer.planner.Given.run;
import static io.labelworth.trainer.planner.Given.running;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MovesTest {

    private static final Instant LATER = NOW.plusSeconds(6);
    private static final OpenRun AT_WORK = waiting("at-work", 0).heard(running(run("x"), "a"), NOW);

    @Test
    void aRunBehindABusyWorkerIsMovedWhileAnotherIsIdle() {
        // Given
        OpenRun behind = waiting("behind", 1);

        // When
        List<OpenRun> moved = Moves.of(twoWorkers(), List.of(AT_WORK, behind), LATER);

        // Then
        assertThat(moved).containsExactly(behind);
        assertThat(Moves.of(twoWorkers(), List.of(AT_WORK, behind), NOW.plusSeconds(5))).isEmpty();
    }

    @Test
    void aWorkerIsBusyAlsoWithARunFromAPartitionThatIsNoLongerItsOwn() {
        // Given: a trains what lies on a partition of b, which has nothing to do
        OpenRun elsewhere = waiting("at-work", 2).heard(running(run("x"), "a"), NOW);
        OpenRun behind = waiting("behind", 1);

        // When, Then
        assertThat(Moves.of(twoWorkers(), List.of(elsewhere, behind), LATER))
                .containsExactly(behind);
    }

    @Test
    void aRunWhoseWorkerIsFreeIsLeftToIt() {
        assertThat(Moves.of(twoWorkers(), List.of(waiting("soon", 1)), LATER)).isEmpty();
    }

    @Test
    void nothingIsMovedWhileEveryWorkerHasSomething() {
        // Given
        List<OpenRun> open = List.of(AT_WORK, waiting("behind", 1), waiting("other", 2));

        // When, Then
        assertThat(Moves.of(twoWorkers(), open, LATER)).isEmpty();
    }

    @Test
    void anIdleWorkerIsGivenOneRun() {
        // Given
        List<OpenRun> open = List.of(AT_WORK, waiting("behind", 1), waiting("too", 0));

        // When, Then
        assertThat(Moves.of(twoWorkers(), open, LATER)).hasSize(1);
    }

    @Test
    void nothingIsMovedWhileTheGroupIsUnknown() {
        assertThat(Moves.of(Map.of(), List.of(AT_WORK, waiting("behind", 1)), LATER)).isEmpty();
    }

    private static Map<String, Set<Integer>> twoWorkers() {
        return Map.of("a", Set.of(0, 1), "b", Set.of(2, 3));
    }

    private static OpenRun waiting(String runId, int partition) {
        return OpenRun.published(run(runId), Place.on(partition), NOW);
    }
}
