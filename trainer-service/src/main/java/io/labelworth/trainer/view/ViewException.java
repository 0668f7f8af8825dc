package io.labelworth.trainer.view;

/** The view on local disk cannot be read or written, or does not get what a run needs in time. */
public final class ViewException extends RuntimeException {

    /** A failure with its one-line explanation. */
    public ViewException(String message) {
        super(message);
    }

    /** A failure with its one-line explanation and what caused it. */
    public ViewException(String message, Throwable cause) {
        super(message, cause);
    }
}
