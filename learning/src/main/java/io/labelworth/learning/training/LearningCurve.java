package io.labelworth.learning.training;

import java.util.Optional;
import java.util.function.IntFunction;

/** A student's validation accuracy over its steps, its final and its best value kept apart. */
final class LearningCurve {

    /** A backward pass costs as much as two forward passes. */
    private static final double PASSES_PER_IMAGE = 3;

    private final int everySteps;
    private final int steps;
    private final long macsPerImage;
    private final IntFunction<Evaluator.Measurement> validation;
    private double lossSinceLast;
    private double trainSeconds;
    private CurvePoint last;

    /**
     * The curve of a run.
     *
     * @param everySteps steps between points; 0 for the final one only
     * @param steps steps of the run
     * @param macsPerImage multiply-accumulates of one forward pass of one image
     * @param validation measures the student as it is after a step
     */
    LearningCurve(
            int everySteps,
            int steps,
            long macsPerImage,
            IntFunction<Evaluator.Measurement> validation) {
        this.everySteps = everySteps;
        this.steps = steps;
        this.macsPerImage = macsPerImage;
        this.validation = validation;
    }

    /** Takes note of a step, and measures where the evaluation asks for it or the run ends. */
    Optional<CurvePoint> after(int step, long imagesSeen, double loss, double seconds) {
        lossSinceLast += loss;
        trainSeconds += seconds;
        if (step < steps && (everySteps == 0 || step % everySteps != 0)) {
            return Optional.empty();
        }
        Evaluator.Measurement measured = validation.apply(step);
        boolean best = last == null || measured.accuracy() > last.bestValidationAccuracy();
        int stepsSinceLast = step - (last == null ? 0 : last.step());
        last =
                new CurvePoint(
                        step,
                        imagesSeen,
                        PASSES_PER_IMAGE * macsPerImage * imagesSeen,
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
