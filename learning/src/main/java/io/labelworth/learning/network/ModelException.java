package io.labelworth.learning.network;

/** An architecture or weights file that cannot be used. The message is one line. */
public class ModelException extends RuntimeException {

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
