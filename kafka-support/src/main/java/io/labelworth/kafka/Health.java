package io.labelworth.kafka;

/**
 * Whether a service does its work.
 *
 * @param state where it is in its life
 * @param detail one line for a person
 */
public record Health(ServiceState state, String detail) {

    /** Whether the service is at work. */
    public boolean up() {
        return state == ServiceState.RUNNING;
    }
}
