package io.labelworth.standalone.stack;

/** A service of the stack has failed; the message says which and why. */
public final class StackException extends RuntimeException {

    /** A failure with its one-line explanation. */
    public StackException(String message) {
        super(message);
    }
}
