package io.labelworth.learning.label;

/** A label, codec or treatment that cannot be used. The message is one line. */
public class LabelException extends RuntimeException {

    public LabelException(String message) {
        super(message);
    }

    public LabelException(String message, Throwable cause) {
        super(message, cause);
    }
}
