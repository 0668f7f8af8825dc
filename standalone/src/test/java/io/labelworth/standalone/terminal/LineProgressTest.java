package io.labelworth.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LineProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final HandClock clock = new HandClock();
    private final Progress progress =
            Progress.create(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, clock);

    @Test
    void aLogGetsTheFirstStateThenALineEveryTenSecondsAndTheLastState() {
        try (Progress.Stage stage = progress.stage("labels", 100)) {
            stage.at(1, "");
            stage.at(2, "");
            clock.pass(Duration.ofSeconds(10));
            stage.at(3, "two workers");
            stage.at(100, "");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "labels: 1 of 100", "labels: 3 of 100, two workers", "labels: 100 of 100");
    }

    private static final class HandClock extends Clock {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
