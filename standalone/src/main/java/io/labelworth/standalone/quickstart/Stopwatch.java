package io.labelworth.standalone.quickstart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Seconds from the start of a command to its milestones. */
public final class Stopwatch {

    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Instant start;
    private final Map<String, Double> laps = new LinkedHashMap<>();

    /** Starts now. */
    public Stopwatch(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /** A milestone reached now. */
    public void lap(String name) {
        at(name, clock.instant());
    }

    /** A milestone reached at a known time. */
    public void at(String name, Instant when) {
        laps.put(name, Duration.between(start, when).toMillis() / MILLIS);
    }

    /** Seconds from the start by milestone, in the order they were noted. */
    public Map<String, Double> seconds() {
        return new LinkedHashMap<>(laps);
    }
}
