package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A point of an iso-accuracy curve (PAPER, data-knowledge): the budget at which labels of so many
 * kept entries reach a test accuracy. Fewer entries of a label are paid for with more images.
 *
 * @param family key of the family
 * @param checkpointId expert checkpoint behind the labels
 * @param normalised whether what was kept is scaled to sum 1
 * @param accuracy test accuracy, 0 to 1, that all points of one curve share
 * @param kept entries kept
 * @param imagesPerClass budget, along the measured means made monotone; never outside of what was
 *     measured
 */
public record IsoAccuracy(
        String family,
        String checkpointId,
        boolean normalised,
        double accuracy,
        int kept,
        double imagesPerClass) {

    /** The treatment that keeps the k largest entries, and its parameters. */
    private static final String TREATMENT = "keep-top-k";

    private static final String KEPT = "k";
    private static final String NORMALISE = "normalise";
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** Distances between curves, coarsest first: the first that gives enough curves is taken. */
    private static final double[] DISTANCES = {0.1, 0.05, 0.02, 0.01, 0.005};

    private static final int ENOUGH_CURVES = 5;

    private record Surface(String family, String checkpointId, boolean normalised) {}

    /**
     * All points, by family, checkpoint, normalised, accuracy and kept entries. An untouched label
     * keeps as many entries as there are classes, normalised or not.
     *
     * @param summaries of any families and regimes, in any order
     */
    public static List<IsoAccuracy> of(Collection<AccuracySummary> summaries) {
        Map<Surface, Map<Integer, List<AccuracySummary>>> surfaces =
                new TreeMap<>(
                        Comparator.comparing(Surface::family)
                                .thenComparing(Surface::checkpointId)
                                .thenComparing(Surface::normalised));
        for (AccuracySummary summary : summaries) {
            if (summary.getRegime().equals(Regime.FIXED_SOFT)) {
                kept(summary)
                        .forEach(
                                kept ->
                                        surfaces.computeIfAbsent(kept.of(), key -> new TreeMap<>())
                                                .computeIfAbsent(
                                                        kept.entries(), k -> new ArrayList<>())
                                                .add(summary));
            }
        }
        List<IsoAccuracy> points = new ArrayList<>();
        surfaces.forEach((surface, byKept) -> points.addAll(points(surface, byKept)));
        return points;
    }

    private record Kept(Surface of, int entries) {}

    private static Stream<Kept> kept(AccuracySummary summary) {
        String family = Family.of(summary).key();
        List<Choice> treatments = summary.getTreatments();
        if (treatments.isEmpty()) {
            int classes = summary.getTestByClass().size();
            return classes == 0
                    ? Stream.empty()
                    : Stream.of(false, true)
                            .map(
                                    normalised ->
                                            new Kept(
                                                    new Surface(
                                                            family,
                                                            summary.getCheckpointId(),
                                                            normalised),
                                                    classes));
        }
        if (treatments.size() > 1 || !treatments.get(0).getName().equals(TREATMENT)) {
            return Stream.empty();
        }
        Map<String, String> parameters = treatments.get(0).getParameters();
        String entries = parameters.getOrDefault(KEPT, "");
        if (!WHOLE_NUMBER.matcher(entries).matches()) {
            return Stream.empty();
        }
        return Stream.of(
                new Kept(
                        new Surface(
                                family,
                                summary.getCheckpointId(),
                                Boolean.parseBoolean(parameters.get(NORMALISE))),
                        Integer.parseInt(entries)));
    }

    private static List<IsoAccuracy> points(
            Surface surface, Map<Integer, List<AccuracySummary>> byKept) {
        if (byKept.size() < 2) {
            return List.of();
        }
        Map<Integer, MonotoneCurve> curves = new TreeMap<>();
        byKept.forEach((kept, summaries) -> curves.put(kept, curve(summaries)));
        List<IsoAccuracy> points = new ArrayList<>();
        for (double accuracy : levels(curves.values())) {
            curves.forEach(
                    (kept, curve) ->
                            curve.imagesPerClassAt(accuracy)
                                    .ifPresent(
                                            budget ->
                                                    points.add(
                                                            new IsoAccuracy(
                                                                    surface.family(),
                                                                    surface.checkpointId(),
                                                                    surface.normalised(),
                                                                    accuracy,
                                                                    kept,
                                                                    budget))));
        }
        return points;
    }

    private static MonotoneCurve curve(List<AccuracySummary> summaries) {
        return new MonotoneCurve(
                BestFirst.byBudget(summaries).values().stream()
                        .map(
                                best ->
                                        new MonotoneCurve.Point(
                                                best.getImagesPerClass(),
                                                best.getTest().getMean(),
                                                best.getTest().getN()))
                        .toList());
    }

    /** Round accuracies between the lowest and the highest. */
    private static List<Double> levels(Collection<MonotoneCurve> curves) {
        double lowest = curves.stream().mapToDouble(MonotoneCurve::lowest).min().orElseThrow();
        double highest = curves.stream().mapToDouble(MonotoneCurve::highest).max().orElseThrow();
        List<Double> levels = List.of();
        for (double distance : DISTANCES) {
            levels = levels(lowest, highest, distance);
            if (levels.size() >= ENOUGH_CURVES) {
                return levels;
            }
        }
        return levels;
    }

    private static List<Double> levels(double lowest, double highest, double distance) {
        // Through the number of levels in 1, since 3 * 0.1 is not 0.3.
        long perUnit = Math.round(1 / distance);
        List<Double> levels = new ArrayList<>();
        for (long i = (long) Math.ceil(lowest * perUnit); i <= highest * perUnit; i++) {
            levels.add((double) i / perUnit);
        }
        return levels;
    }
}
