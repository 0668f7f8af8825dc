package io.labelworth.learning.training;

import java.util.Optional;
import java.util.function.Supplier;

/** A student's validation accuracy over its steps, its final and its best value kept apart. */
final class LearningCurve {

    private final int everySteps;
    private final int steps;
    private final Supplier<Evaluator.Measurement> validation;
    private double lossSinceLast;
    private double trainSeconds;
    private CurvePoint last;

    /**
     * The curve of a run.
     *
     * @param everySteps steps between points; 0 for the final one only
     * @param steps steps of the run
     * @param validation measures the student as it is
     */
    LearningCurve(int everySteps, int steps, Supplier<Evaluator.Measurement> validation) {
        this.everySteps = everySteps;
        this.steps = steps;
        this.validation = validation;
    }

    /** Takes note of a step, and measures where the evaluation asks for it or the run ends. */
    Optional<CurvePoint> after(int step, double loss, double seconds) {
        lossSinceLast += loss;
        trainSeconds += seconds;
        if (step < steps && (everySteps == 0 || step % everySteps != 0)) {
            return Optional.empty();
        }
        Evaluator.Measurement measured = validation.get();
        boolean best = last == null || measured.accuracy() > last.bestValidationAccuracy();
        int stepsSinceLast = step - (last == null ? 0 : last.step());
        last =
                new CurvePoint(
                        step,
                        lossSinceLast / stepsSinceLast,
                        measured.accuracy(),
                        measured.images(),
                        best ? measured.accuracy() : last.bestValidationAccuracy(),
                        best ? step : last.bestStep(),
                        trainSeconds);
        lossSinceLast = 0;
        return Optional.of(last);
    }

    /** The latest point; the final one once the run has ended. */
    CurvePoint last() {
        return last;
    }
}
