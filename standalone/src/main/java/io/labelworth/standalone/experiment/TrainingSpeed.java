package io.labelworth.standalone.experiment;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.Accuracy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How long runs take, by the final results that there are on a cluster. */
public final class TrainingSpeed {

    /** A step is a forward pass and twice as much backwards. */
    private static final double FORWARD_SHARE = 1 / 3.0;

    /** What the time of a step depends on. */
    private record Step(Architecture student, String augmentation, long batch) {}

    private final Map<Step, Double> secondsPerStep = new HashMap<>();
    private final Map<Architecture, Double> secondsPerImage = new HashMap<>();
    private final int testImages;

    /**
     * @param results of any runs; curve points are not looked at
     */
    public TrainingSpeed(Collection<Accuracy> results) {
        Map<Step, List<Double>> measured = new HashMap<>();
        List<Accuracy> finals = results.stream().filter(TrainingSpeed::counts).toList();
        for (Accuracy result : finals) {
            measured.computeIfAbsent(step(result), s -> new ArrayList<>())
                    .add(result.getTrainSeconds() / result.getSteps());
        }
        measured.forEach(
                (step, seconds) -> {
                    double median = median(seconds);
                    secondsPerStep.put(step, median);
                    secondsPerImage.merge(step.student(), median / step.batch(), Math::min);
                });
        this.testImages = finals.stream().mapToInt(Accuracy::getTestImages).max().orElse(0);
    }

    /**
     * Seconds that a run takes one worker, evaluation included; empty where no such student has
     * trained in batches of that size.
     */
    public OptionalDouble seconds(RunSpec spec, DatasetInfo dataset) {
        Recipe recipe = spec.recipe();
        long classes =
                IntStream.range(0, dataset.classes())
                        .filter(c -> TreatmentChain.keeps(spec.treatments(), c))
                        .count();
        long images = Math.min(recipe.batchSize(), spec.imagesPerClass() * classes);
        Double step = secondsPerStep.get(new Step(spec.student(), recipe.augmentation(), images));
        if (step == null) {
            return OptionalDouble.empty();
        }
        double perImage = secondsPerImage.get(spec.student()) * FORWARD_SHARE;
        return OptionalDouble.of(recipe.steps() * step + perImage * evaluated(spec));
    }

    private long evaluated(RunSpec spec) {
        Evaluation evaluation = spec.evaluation();
        int every = evaluation.everySteps();
        long points = every == 0 ? 1 : (spec.recipe().steps() + every - 1) / every;
        return testImages + points * evaluation.validationImages();
    }

    private static boolean counts(Accuracy result) {
        return result.getFinalResult() && result.getImages() > 0 && result.getTrainSeconds() > 0;
    }

    private static Step step(Accuracy result) {
        Recipe recipe = Recipe.of(result.getRecipe().getName(), result.getRecipe().getParameters());
        return new Step(
                new Architecture(
                        result.getStudent().getName(), result.getStudent().getParameters()),
                recipe.augmentation(),
                Math.min(recipe.batchSize(), result.getImages()));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
