package io.labelworth.schemas;

/** The registry could not be reached or refused a schema; the message says which and what to do. */
public final class SchemaRegistryException extends RuntimeException {

    /** A failure with its one-line explanation. */
    public SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
