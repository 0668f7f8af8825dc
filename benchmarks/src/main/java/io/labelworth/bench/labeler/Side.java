package io.labelworth.bench.labeler;

/** One of the things compared; each call is one repetition in fresh processes. */
@FunctionalInterface
interface Side {

    /**
     * Measures once.
     *
     * @return images per second in the steady state, above 0
     */
    double imagesPerSecond() throws InterruptedException;
}
