package io.labelworth.kafka;

/**
 * A transaction ended in a state the producer cannot leave: rebuild the producer and its consumer.
 */
public final class ProducerUnusableException extends RuntimeException {

    /** Wraps what made the abort fail. */
    public ProducerUnusableException(Throwable cause) {
        super("producer unusable after a failed abort: " + cause.getMessage(), cause);
    }
}
