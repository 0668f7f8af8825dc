package io.labelworth.standalone.cli;

/** A command cannot do what it was asked; the message is one line that says why and what to do. */
public final class UserException extends RuntimeException {

    /** A failure with its one-line explanation. */
    public UserException(String message) {
        super(message);
    }
}
