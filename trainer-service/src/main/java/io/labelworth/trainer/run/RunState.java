package io.labelworth.trainer.run;

import java.util.Locale;

/**
 * Where a run stands.
 *
 * <pre>
 *   WAITING --all it needs is there--> QUEUED
 *      |  \----will never be there--> FAILED
 *      +--------nobody wants it-----> CANCELLED
 *
 *   QUEUED --a worker takes it--> RUNNING --result------------> DONE
 *      |  <--given back, or lost--   |
 *      |                             |
 *      +------- cannot be run -------+------------------------> FAILED    --asked for again--> RETRY
 *      +------- nobody wants it -----+------------------------> CANCELLED
 *
 *   RETRY, CANCELLED --wanted, as the next attempt--> QUEUED
 * </pre>
 *
 * Nothing follows DONE. FAILED, CANCELLED and RETRY end an attempt: only a later attempt follows.
 */
public enum RunState {
    /** Wanted, but images or labels that it needs are yet to come; the status says which. */
    WAITING,
    /** Published, waiting for a worker. */
    QUEUED,
    /** A worker trains; its statuses are the heartbeat. */
    RUNNING,
    /** The final result is on the accuracy topic. */
    DONE,
    /** It will have no result; the status says why. */
    FAILED,
    /** No experiment wants it any more; it is published again when one does. */
    CANCELLED,
    /** It failed and somebody asked for another try. */
    RETRY;

    /** The name on the run-status topic. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a status names this state. */
    public boolean is(String wire) {
        return wire().equals(wire);
    }

    /**
     * Whether a status says that its attempt is queued or running. One that says waiting names the
     * attempt before, which has ended.
     */
    public static boolean isUnderWay(String wire) {
        return QUEUED.is(wire) || RUNNING.is(wire);
    }

    /** Whether a status ends its attempt. */
    public static boolean endsAttempt(String wire) {
        return !WAITING.is(wire) && !isUnderWay(wire);
    }
}
