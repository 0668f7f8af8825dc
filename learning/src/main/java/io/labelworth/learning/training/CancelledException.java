package io.labelworth.learning.training;

/** A training run stopped because its caller asked for it. */
public class CancelledException extends RuntimeException {

    public CancelledException(int step) {
        super("training was cancelled after step " + step);
    }
}
