package io.labelworth.trainer.run;

/**
 * A run that no retry will help: the message is the reason its failed status gives, one line that
 * says what happened.
 */
public final class RunFailedException extends RuntimeException {

    /** A failure with its one-line reason. */
    public RunFailedException(String reason) {
        super(reason);
    }

    /** A failure with its one-line reason and what caused it. */
    public RunFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
