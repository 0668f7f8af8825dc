package io.labelworth.kafka;

/** Something that starts, works until it is closed, and can say how it is. */
public interface Service extends AutoCloseable {

    /** Name for logs and health. */
    String name();

    /** Starts the work and returns; called once. */
    void start();

    /** How it is right now. */
    Health health();

    /**
     * Stops, waits until everything has stopped, and releases what it holds; may be called twice.
     */
    @Override
    void close();
}
