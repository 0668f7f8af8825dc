package io.labelworth.kafka;

/**
 * A setting or the cluster is not as it must be; the message is one line that says what and what to
 * do.
 */
public class ConfigurationException extends RuntimeException {

    /** A failure with its one-line explanation. */
    public ConfigurationException(String message) {
        super(message);
    }

    /** A failure with its one-line explanation and what caused it. */
    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
