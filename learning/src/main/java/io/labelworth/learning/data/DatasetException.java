package io.labelworth.learning.data;

/** A dataset that cannot be fetched or opened. The message is one line: what, and what to do. */
public class DatasetException extends RuntimeException {

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
