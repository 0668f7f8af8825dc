package io.labelworth.learning.training;

import java.util.Optional;

/** Is told how a student's training goes, on the training thread. */
@FunctionalInterface
public interface StudentListener {

    /**
     * A step was taken.
     *
     * @param step from 1
     * @param loss mean soft cross-entropy of the step's batch in nats
     * @param point the learning curve's point, where there is one at this step
     */
    void onStep(int step, double loss, Optional<CurvePoint> point);
}
