package io.labelworth.kafka;

import java.util.Objects;

/**
 * A record's value, or why it could not be read: an unreadable record is an event to dead-letter,
 * not an exception that stops a consumer on its offset for ever.
 *
 * @param value the event; null when unreadable
 * @param error one line; null when readable
 */
public record Decoded<V>(V value, String error) {

    /** Exactly one of the two is there. */
    public Decoded {
        if ((value == null) == (error == null)) {
            throw new IllegalArgumentException("either a value or an error");
        }
    }

    /** A value that was read. */
    public static <V> Decoded<V> of(V value) {
        return new Decoded<>(Objects.requireNonNull(value), null);
    }

    /** A value that could not be read. */
    public static <V> Decoded<V> unreadable(String error) {
        return new Decoded<>(null, Objects.requireNonNull(error));
    }

    /** Whether there is a value. */
    public boolean readable() {
        return error == null;
    }
}
