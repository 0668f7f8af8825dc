package io.labelworth.standalone.terminal;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A line now and then, for logs and pipes. */
final class LineProgress implements Progress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final PrintStream out;
    private final Clock clock;

    LineProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void line(String text) {
        out.println(text);
    }

    @Override
    public Stage stage(String name, long total) {
        return new Stage() {
            private Instant last = Instant.MIN;
            private String shown = "";
            private String latest = "";

            @Override
            public void at(long done, String detail) {
                latest =
                        name
                                + ": "
                                + done
                                + " of "
                                + total
                                + (detail.isEmpty() ? "" : ", " + detail);
                Instant now = clock.instant();
                if (last.equals(Instant.MIN) || !now.isBefore(last.plus(BETWEEN_LINES))) {
                    last = now;
                    show();
                }
            }

            @Override
            public void close() {
                show();
            }

            private void show() {
                if (!latest.equals(shown)) {
                    shown = latest;
                    out.println(latest);
                }
            }
        };
    }
}
