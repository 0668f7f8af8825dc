package io.labelworth.standalone.embedded;

/** The embedded cluster cannot start or go on; the message is one line and says what to do. */
public final class EmbeddedClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with its one-line explanation. */
    public EmbeddedClusterException(String message) {
        super(message);
    }

    /** A failure with its one-line explanation and what caused it. */
    public EmbeddedClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
