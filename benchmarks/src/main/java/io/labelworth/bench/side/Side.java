package io.labelworth.bench.side;

/** One of the things compared; each call is one repetition in fresh processes. */
@FunctionalInterface
public interface Side {

    /**
     * Measures once.
     *
     * @return images per second in the steady state, above 0
     */
    double imagesPerSecond() throws InterruptedException;
}
