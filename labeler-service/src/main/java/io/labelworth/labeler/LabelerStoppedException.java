package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;

/** The labeler cannot go on; the message is one line that says why and what to do. */
final class LabelerStoppedException extends ConfigurationException {

    LabelerStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
