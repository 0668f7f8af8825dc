package io.labelworth.learning.training;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.network.ConvNet;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.RunSpec;
import java.util.Optional;

/** A student's validation accuracy over its steps, its final and its best value kept apart. */
final class LearningCurve {

    private final Evaluation evaluation;
    private final int steps;
    private final ConvNet student;
    private final Dataset dataset;
    private final Evaluator evaluator;
    private double lossSinceLast;
    private double trainSeconds;
    private CurvePoint last;

    LearningCurve(RunSpec spec, ConvNet student, Dataset dataset, Evaluator evaluator) {
        this.evaluation = spec.evaluation();
        this.steps = spec.recipe().steps();
        this.student = student;
        this.dataset = dataset;
        this.evaluator = evaluator;
    }

    /** Takes note of a step, and measures where the evaluation asks for it or the run ends. */
    Optional<CurvePoint> after(int step, double loss, double seconds) {
        lossSinceLast += loss;
        trainSeconds += seconds;
        int every = evaluation.everySteps();
        if (step < steps && (every == 0 || step % every != 0)) {
            return Optional.empty();
        }
        Evaluator.Measurement measured =
                evaluator.measure(student, dataset.validation(), evaluation.validationImages());
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
