package io.labelworth.learning.learned;

import java.util.OptionalDouble;

/** Told how learning labels goes on, on the thread that learns. */
@FunctionalInterface
public interface LabelListener {

    /**
     * A step was taken.
     *
     * @param step steps taken
     * @param loss mean loss in nats of this step's student on real training images
     * @param validationAccuracy 0 to 1, of a fresh student of the most steps trained on the labels
     *     as they are now; empty where none was
     */
    void onStep(int step, double loss, OptionalDouble validationAccuracy);
}
