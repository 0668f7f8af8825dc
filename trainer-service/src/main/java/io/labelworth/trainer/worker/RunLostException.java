package io.labelworth.trainer.worker;

/** The run is no longer this worker's: somebody else speaks for it now, or nobody wants it. */
final class RunLostException extends Exception {

    private static final long serialVersionUID = 1L;

    RunLostException(String message) {
        super(message);
    }
}
