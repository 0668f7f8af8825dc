package io.labelworth.trainer.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Workload NOTHING = new Workload(Map.of(), Map.of());

    @Test
    void aRunGoesToTheWorkerThatHasLeastToDo() {
        // Given
        Placement placement =
                new Placement(
                        Map.of("a", Set.of(0, 1), "b", Set.of(2, 3)),
                        new Workload(Map.of(), Map.of(0, 2, 2, 1)));

        // When
        OptionalInt partition = placement.next();

        // Then
        assertThat(partition).hasValue(3);
    }

    @Test
    void aWorkerThatTrainsIsBusyWhereverItsRunCameFrom() {
        // Given: its run came from a partition that another serves now
        Placement placement =
                new Placement(
                        Map.of("a", Set.of(0), "b", Set.of(1)),
                        new Workload(Map.of("a", 1), Map.of()));

        // When, Then
        assertThat(placement.next()).hasValue(1);
    }

    @Test
    void runsOfOneBatchAreSpreadOverTheWorkers() {
        // Given
        Placement placement = new Placement(Map.of("a", Set.of(0), "b", Set.of(1)), NOTHING);

        // When
        OptionalInt first = placement.next();

        // Then
        assertThat(Set.of(first.getAsInt(), placement.next().getAsInt())).containsOnly(0, 1);
    }

    @Test
    void withoutAWorkerTheKeyDecides() {
        // Given
        Placement placement = new Placement(Map.of("joining", Set.of()), NOTHING);

        // When
        OptionalInt partition = placement.next();

        // Then
        assertThat(partition).isEmpty();
    }
}
