package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final String LABELLING = "labelling";

    private final SettableClock clock = new SettableClock();
    private final Map<Integer, Long> ends = new HashMap<>(Map.of(0, 0L, 1, 0L));
    private final ProgressView progress = new ProgressView(Progress.TOPICS);
    private final Backlog backlog =
            new Backlog(progress, () -> ends, 10, Duration.ofSeconds(5), clock);

    @Test
    void aFullBatchIsDueAtOnce() {
        ends.putAll(Map.of(0, 6L, 1, 4L));

        assertThat(backlog.lag(LABELLING)).isEqualTo(10);
        assertThat(backlog.due(LABELLING)).isTrue();
    }

    @Test
    void lessThanABatchIsDueWhenItHasWaited() {
        ends.put(0, 3L);
        assertThat(backlog.due(LABELLING)).isFalse();

        clock.now = clock.now.plusSeconds(5);

        assertThat(backlog.due(LABELLING)).isTrue();
    }

    @Test
    void waitingStartsAnewAfterALabellingHasCaughtUp() {
        ends.put(0, 3L);
        assertThat(backlog.due(LABELLING)).isFalse();
        progress.accept(Progress.at(LABELLING, 0, 3));
        clock.now = clock.now.plusSeconds(60);
        assertThat(backlog.due(LABELLING)).isFalse();

        ends.put(0, 4L);

        assertThat(backlog.due(LABELLING)).isFalse();
    }

    @Test
    void anEmptyTopicIsNoWork() {
        clock.now = clock.now.plusSeconds(60);

        assertThat(backlog.due(LABELLING)).isFalse();
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
