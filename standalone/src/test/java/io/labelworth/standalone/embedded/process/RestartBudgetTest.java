package io.labelworth.standalone.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource time = now::get;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final RestartBudget budget = new RestartBudget(2, Duration.ofMinutes(10), clock);

    @Test
    void noMoreThanTheBudgetIsTakenWithinTheWindow() {
        // Given
        budget.take();
        budget.take();

        // When
        boolean third = budget.take();

        // Then
        assertThat(third).isFalse();
    }

    @Test
    void restartsOlderThanTheWindowAreForgotten() {
        // Given
        budget.take();
        budget.take();
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(10)));

        // When
        boolean later = budget.take();

        // Then
        assertThat(later).isTrue();
    }
}
