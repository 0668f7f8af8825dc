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
 *   QUEUED --a worker takes it--> RUNNING --result--> DONE
 *      |                             |
 *      +------- cannot be run -------+--------------> FAILED
 * </pre>
 *
 * A new attempt takes a run back to QUEUED; nothing follows DONE or FAILED.
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
    /** No experiment wants it any more; it is published when one does. */
    CANCELLED;

    /** The name on the run-status topic. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a status names this state. */
    public boolean is(String wire) {
        return wire().equals(wire);
    }

    /** Whether a status names a state that nothing follows. */
    public static boolean isFinal(String wire) {
        return DONE.is(wire) || FAILED.is(wire);
    }
}
