package io.labelworth.standalone.embedded.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often a child may be started again: at most so many times within any such window. */
public final class RestartBudget {

    private final int restarts;
    private final Duration window;
    private final Clock clock;
    private final Deque<Instant> taken = new ArrayDeque<>();

    /**
     * @param restarts restarts allowed within the window, at least 0
     * @param window length of the window
     * @param clock says when a restart happens
     */
    public RestartBudget(int restarts, Duration window, Clock clock) {
        this.restarts = restarts;
        this.window = window;
        this.clock = clock;
    }

    /** Takes one restart when one is left. */
    boolean take() {
        Instant now = clock.instant();
        while (!taken.isEmpty() && !taken.peekFirst().isAfter(now.minus(window))) {
            taken.removeFirst();
        }
        if (taken.size() >= restarts) {
            return false;
        }
        taken.addLast(now);
        return true;
    }

    @Override
    public String toString() {
        return restarts + " restarts in " + window.toMinutes() + " minutes";
    }
}
