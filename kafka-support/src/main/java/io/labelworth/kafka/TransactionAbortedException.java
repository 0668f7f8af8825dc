package io.labelworth.kafka;

/**
 * A transaction was aborted cleanly: nothing was written; rewind the consumer to its committed
 * position and retry.
 */
public final class TransactionAbortedException extends RuntimeException {

    /** Wraps what made the transaction fail. */
    public TransactionAbortedException(Throwable cause) {
        super("transaction aborted: " + cause.getMessage(), cause);
    }
}
