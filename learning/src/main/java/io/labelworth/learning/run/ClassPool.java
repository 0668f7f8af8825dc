package io.labelworth.learning.run;

/** The candidate images of one class, by rank from 0 to below the pool's size. */
public interface ClassPool {

    /** Id of the image of a rank. */
    String imageId(int rank);

    /**
     * How hard the image of a rank is: the cross-entropy in nats of its class under the selection's
     * labelling.
     */
    double difficulty(int rank);
}
