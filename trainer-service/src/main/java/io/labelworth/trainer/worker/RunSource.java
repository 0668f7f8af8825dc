package io.labelworth.trainer.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * Hands out runs, one at a time, to one worker. A run handed out stays this worker's as long as it
 * renews; a worker that dies loses it to another. Used by one thread.
 */
public interface RunSource extends AutoCloseable {

    /** The next run; empty when none came in time. Only after the one before was given back. */
    Optional<RunDelivery> next(Duration timeout);

    /** How often {@link #renew} must be called while a run is held. */
    Duration renewEvery();

    /**
     * Keeps the run held.
     *
     * @return false when it has been lost to another worker: abandon it
     */
    boolean renew();

    /** Gives the run held back as settled: nobody gets it again. */
    void done();

    /** Gives the run held back for another try, by whoever comes first. */
    void release();

    @Override
    void close();
}
