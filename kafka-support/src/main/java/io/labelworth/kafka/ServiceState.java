package io.labelworth.kafka;

/**
 * The life of a service.
 *
 * <pre>
 *   NEW --start--> RUNNING --close--> STOPPING --> STOPPED
 *                     |
 *                     +--unexpected failure--> FAILED
 * </pre>
 */
public enum ServiceState {
    /** Built, not started. */
    NEW,
    /** At work. */
    RUNNING,
    /** Asked to stop. */
    STOPPING,
    /** Stopped as asked. */
    STOPPED,
    /** Stopped by a failure that nothing below it could own; {@link Health} says which. */
    FAILED
}
