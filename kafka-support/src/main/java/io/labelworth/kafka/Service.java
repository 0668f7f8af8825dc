package io.labelworth.kafka;

import io.javalin.config.JavalinConfig;
import java.util.List;

/** Something that starts, works until it is closed, and can say how it is. */
public interface Service extends AutoCloseable {

    /** Name for logs and health. */
    String name();

    /** Starts the work and returns; called once. */
    void start();

    /** How it is right now, as one. */
    Health health();

    /** How each of its parts is right now: what {@code /health} tells. */
    default List<Health> parts() {
        return List.of(health());
    }

    /** Adds its own routes to the endpoint that whoever runs it opens; none unless it has some. */
    default void addRoutes(JavalinConfig config) {}

    /**
     * Stops, waits until everything has stopped, and releases what it holds; may be called twice.
     */
    @Override
    void close();
}
