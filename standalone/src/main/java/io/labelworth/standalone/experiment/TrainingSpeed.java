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
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** How long runs take, by the final results that there are on a cluster. */
public final class TrainingSpeed {

    /** A step is a forward pass and twice as much backwards. */
    private static final double FORWARD_SHARE = 1 / 3.0;

    /** What the time of a step depends on, beside the batch. */
    private record Kind(Architecture student, String augmentation) {}

    private final Map<Kind, NavigableMap<Long, Double>> secondsPerStep = new HashMap<>();
    private final Map<Architecture, Double> secondsPerImage = new HashMap<>();
    private final int testImages;

    /**
     * @param results of any runs; curve points are not looked at
     */
    public TrainingSpeed(Collection<Accuracy> results) {
        Map<Kind, Map<Long, List<Double>>> measured = new HashMap<>();
        List<Accuracy> finals = results.stream().filter(TrainingSpeed::counts).toList();
        for (Accuracy result : finals) {
            Recipe recipe =
                    Recipe.of(result.getRecipe().getName(), result.getRecipe().getParameters());
            long batch = Math.min(recipe.batchSize(), result.getImages());
            measured.computeIfAbsent(kind(result, recipe), k -> new HashMap<>())
                    .computeIfAbsent(batch, n -> new ArrayList<>())
                    .add(result.getTrainSeconds() / result.getSteps());
        }
        measured.forEach(
                (kind, batches) ->
                        batches.forEach((batch, seconds) -> add(kind, batch, median(seconds))));
        this.testImages = finals.stream().mapToInt(Accuracy::getTestImages).max().orElse(0);
    }

    /**
     * Seconds that a run takes one worker, evaluation included; empty where no such student has
     * trained in batches of that size, or in both larger and smaller ones.
     */
    public OptionalDouble seconds(RunSpec spec, DatasetInfo dataset) {
        Recipe recipe = spec.recipe();
        long classes =
                IntStream.range(0, dataset.classes())
                        .filter(c -> TreatmentChain.keeps(spec.treatments(), c))
                        .count();
        long batch = Math.min(recipe.batchSize(), spec.imagesPerClass() * classes);
        Kind kind = new Kind(spec.student(), recipe.augmentation());
        OptionalDouble step = step(secondsPerStep.getOrDefault(kind, new TreeMap<>()), batch);
        if (step.isEmpty()) {
            return step;
        }
        double perImage = secondsPerImage.get(spec.student()) * FORWARD_SHARE;
        return OptionalDouble.of(recipe.steps() * step.getAsDouble() + perImage * evaluated(spec));
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

    private void add(Kind kind, long batch, double seconds) {
        secondsPerStep.computeIfAbsent(kind, k -> new TreeMap<>()).put(batch, seconds);
        secondsPerImage.merge(kind.student(), seconds / batch, Math::min);
    }

    /** A step takes its share for each image, so between two batches it lies on a line. */
    private static OptionalDouble step(NavigableMap<Long, Double> seconds, long batch) {
        var below = seconds.floorEntry(batch);
        var above = seconds.ceilingEntry(batch);
        if (below == null || above == null) {
            return OptionalDouble.empty();
        }
        double between = Math.max(1, above.getKey() - below.getKey());
        double part = (batch - below.getKey()) / between;
        return OptionalDouble.of(below.getValue() + part * (above.getValue() - below.getValue()));
    }

    private static Kind kind(Accuracy result, Recipe recipe) {
        return new Kind(
                new Architecture(
                        result.getStudent().getName(), result.getStudent().getParameters()),
                recipe.augmentation());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
