package io.labelworth.trainer.planner;

/** An experiment that makes no sense; the message is one line that says why. */
public final class BadExperimentException extends RuntimeException {

    BadExperimentException(String message, Throwable cause) {
        super(message, cause);
    }
}
