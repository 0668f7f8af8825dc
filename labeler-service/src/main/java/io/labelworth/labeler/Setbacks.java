package io.labelworth.labeler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often in a row a worker got nowhere: it waits longer each time, up to {@link #LONGEST}, and
 * gives up after {@value #LIMIT}, which is over a minute of failures that come at once.
 */
final class Setbacks {

    private static final Logger log = LoggerFactory.getLogger(Setbacks.class);
    private static final int LIMIT = 20;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration FENCING_PAUSE = Duration.ofSeconds(60);

    /** As long as a transaction may take: after it, being fenced is nobody else's doing. */
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private final LabelerSettings settings;
    private final LabelerMetrics metrics;
    private final Clock clock;
    private final Pause pause = new Pause();
    private int inARow;
    private Instant lastFenced = Instant.MIN;
    private Instant lastTurn = Instant.MAX;
    private boolean stoodStill;

    Setbacks(LabelerSettings settings, LabelerMetrics metrics, Clock clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A turn of the worker begins. */
    void turn() {
        Instant now = clock.instant();
        stoodStill |= lastTurn.isBefore(now.minus(STANDSTILL));
        lastTurn = now;
    }

    /** Something was committed. */
    void reset() {
        inARow = 0;
        stoodStill = false;
    }

    /**
     * Waits before the next try.
     *
     * @throws LabelerStoppedException when there were too many
     */
    void after(RuntimeException failure) {
        inARow++;
        metrics.setback();
        if (inARow >= LIMIT) {
            throw new LabelerStoppedException(
                    LIMIT + " tries in a row failed, the last with: " + failure.getMessage(),
                    failure);
        }
        log.warn("trying again after setback {}: {}", inARow, failure.getMessage());
        pause(Duration.ofMillis(Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << inARow)));
    }

    /**
     * The transactional id was taken over. Once may be the coordinator, which also fences a
     * producer whose transaction it timed out, as it does to a process that was frozen; twice
     * within a minute is another labeler of the same name.
     *
     * @throws LabelerStoppedException the second time
     */
    void afterFencing(RuntimeException failure) {
        metrics.setback();
        if (stoodStill) {
            stoodStill = false;
            log.warn("fenced after a standstill; going on as {}", settings.instance());
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(lastFenced.plus(FENCING_PAUSE))) {
            throw new LabelerStoppedException(
                    "another labeler runs under the name "
                            + settings.instance()
                            + "; give each its own "
                            + LabelerSettings.INSTANCE
                            + ", or stop one",
                    failure);
        }
        lastFenced = now;
        log.warn("fenced; building a new producer under the name {}", settings.instance());
    }

    /** Waits, or returns at once when {@link #close} was called. */
    void pause(Duration duration) {
        pause.take(duration);
    }

    /** Ends the pause of another thread, and all later ones. */
    void close() {
        pause.end();
    }
}
