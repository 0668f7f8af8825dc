package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Runs of one configuration, and what they say together. */
public final class Summaries {

    private static final Comparator<Accuracy> BY_RUN = Comparator.comparing(Accuracy::getRunId);

    private static final Interval NO_RUNS = new Interval(0, 0.0, null, null);

    private Summaries() {}

    /**
     * The runs with one more, sorted by run id; unchanged when the run is there already.
     *
     * @param runs final results sorted by run id; not modified
     */
    public static List<Accuracy> with(List<Accuracy> runs, Accuracy run) {
        int at = Collections.binarySearch(runs, run, BY_RUN);
        if (at >= 0) {
            return runs;
        }
        List<Accuracy> more = new ArrayList<>(runs);
        more.add(-at - 1, run);
        return more;
    }

    /**
     * The summary of a configuration. Everything is recomputed from the sorted runs rather than
     * kept as running sums, which drift and remember the order.
     *
     * @param runs at least one final result, all of one configuration, sorted by run id
     */
    public static AccuracySummary of(List<Accuracy> runs) {
        Accuracy any = runs.get(0);
        List<Long> subsetSeeds = distinct(runs, Accuracy::getSubsetSeed);
        List<Long> trainingSeeds = distinct(runs, Accuracy::getTrainingSeed);
        return AccuracySummary.newBuilder()
                .setConfigurationId(any.getConfigurationId())
                .setDataset(any.getDataset())
                .setDatasetVersion(any.getDatasetVersion())
                .setSource(any.getSource())
                .setImagesPerClass(any.getImagesPerClass())
                .setRegime(any.getRegime())
                .setCheckpointId(any.getCheckpointId())
                .setTreatments(any.getTreatments())
                .setSelection(any.getSelection())
                .setStudent(any.getStudent())
                .setRecipe(any.getRecipe())
                .setSteps(any.getSteps())
                .setRunIds(runs.stream().map(Accuracy::getRunId).toList())
                .setSubsetSeeds(subsetSeeds)
                .setTrainingSeeds(trainingSeeds)
                .setSeedsVary(seedsVary(subsetSeeds.size() > 1, trainingSeeds.size() > 1))
                .setValidation(Statistics.interval(values(runs, Accuracy::getValidationAccuracy)))
                .setTest(Statistics.interval(values(runs, Accuracy::getTestAccuracy)))
                .setTestByClass(byClass(runs))
                .setRepeatable(runs.stream().allMatch(Accuracy::getRepeatable))
                .setLabelEntropy(Statistics.mean(values(runs, Accuracy::getLabelEntropy)))
                .setImages(runs.stream().mapToLong(Accuracy::getImages).max().orElse(0))
                .setBytes(
                        Statistics.mean(
                                values(
                                        runs,
                                        run -> (double) run.getImageBytes() + run.getLabelBytes())))
                .setStudentCompute(Statistics.mean(values(runs, Accuracy::getStudentCompute)))
                .build();
    }

    /**
     * What standings of a family need of a summary, in a tenth of its memory: no runs, seeds or
     * classes, and the recipe without what belongs to the budget.
     *
     * @param family family of the summary
     */
    public static AccuracySummary light(AccuracySummary summary, Family family) {
        return new AccuracySummary(
                summary.getConfigurationId(),
                family.dataset(),
                family.datasetVersion(),
                family.source(),
                summary.getImagesPerClass(),
                summary.getRegime(),
                summary.getCheckpointId(),
                summary.getTreatments(),
                family.student(),
                family.recipe(),
                summary.getSteps(),
                List.of(),
                List.of(),
                List.of(),
                summary.getSeedsVary(),
                summary.getValidation(),
                summary.getTest(),
                summary.getLabelEntropy(),
                summary.getImages(),
                summary.getBytes(),
                summary.getStudentCompute(),
                family.selection(),
                List.of(),
                summary.getRepeatable());
    }

    /** An interval per class, of no runs where no run has test images of it. */
    private static List<Interval> byClass(List<Accuracy> runs) {
        int classes = runs.get(0).getTestAccuracyByClass().size();
        if (runs.stream().anyMatch(run -> run.getTestAccuracyByClass().size() != classes)) {
            return List.of();
        }
        return IntStream.range(0, classes)
                .mapToObj(c -> runs.stream().map(run -> run.getTestAccuracyByClass().get(c)))
                .map(all -> all.mapToDouble(a -> a).filter(a -> !Double.isNaN(a)).toArray())
                .map(all -> all.length == 0 ? NO_RUNS : Statistics.interval(all))
                .toList();
    }

    private static String seedsVary(boolean subset, boolean training) {
        if (subset) {
            return training ? "subset+training" : "subset";
        }
        return training ? "training" : "none";
    }

    private static double[] values(List<Accuracy> runs, ToDoubleFunction<Accuracy> of) {
        return runs.stream().mapToDouble(of).toArray();
    }

    private static List<Long> distinct(List<Accuracy> runs, ToLongFunction<Accuracy> of) {
        return runs.stream().mapToLong(of).sorted().distinct().boxed().toList();
    }
}
