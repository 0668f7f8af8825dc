package io.labelworth.labeler;

/** The labeler cannot go on; the message is one line that says why and what to do. */
final class LabelerStoppedException extends RuntimeException {

    LabelerStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
