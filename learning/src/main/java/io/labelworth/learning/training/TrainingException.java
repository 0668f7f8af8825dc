package io.labelworth.learning.training;

/** A training run that cannot start or go on. The message is one line. */
public class TrainingException extends RuntimeException {

    public TrainingException(String message) {
        super(message);
    }
}
