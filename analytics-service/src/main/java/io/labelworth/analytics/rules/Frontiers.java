package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.ParetoFrontier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Pareto frontiers: which configurations nothing else beats at the same or lower cost. */
public final class Frontiers {

    private Frontiers() {}

    /**
     * The members of a frontier by increasing cost. A configuration is out when another has at most
     * its cost and at least its validation mean, and one of the two is strictly better; exact ties
     * stay together.
     *
     * @param summaries configurations of one family and one regime, in any order
     */
    public static List<FrontierPoint> members(
            Collection<AccuracySummary> summaries, CostAxis axis) {
        List<AccuracySummary> byCost =
                summaries.stream()
                        .sorted(
                                Comparator.comparingDouble(axis::cost)
                                        .thenComparing(
                                                Frontiers::validation, Comparator.reverseOrder())
                                        .thenComparing(AccuracySummary::getConfigurationId))
                        .toList();
        List<FrontierPoint> members = new ArrayList<>();
        double highest = Double.NEGATIVE_INFINITY;
        double costOfHighest = Double.NaN;
        for (AccuracySummary summary : byCost) {
            double validation = validation(summary);
            double cost = axis.cost(summary);
            boolean tie = validation == highest && cost == costOfHighest;
            if (validation > highest || tie) {
                highest = validation;
                costOfHighest = cost;
                members.add(point(summary, cost));
            }
        }
        return List.copyOf(members);
    }

    /**
     * The frontier that follows another one.
     *
     * @param previous the last one published; null before the first
     * @param regime regime of the members, as {@link Regime#of} has it
     * @param members what {@link #members} found
     */
    public static ParetoFrontier next(
            ParetoFrontier previous,
            Family family,
            String regime,
            CostAxis axis,
            List<FrontierPoint> members) {
        Set<String> before = previous == null ? Set.of() : ids(previous.getPoints());
        Set<String> now = ids(members);
        return ParetoFrontier.newBuilder()
                .setDataset(family.dataset())
                .setDatasetVersion(family.datasetVersion())
                .setSource(family.source())
                .setRegime(regime)
                .setAxis(axis.text())
                .setSelection(family.selection())
                .setStudent(family.student())
                .setPoints(members)
                .setEntered(without(now, before))
                .setLeft(without(before, now))
                .build();
    }

    /** Whether a frontier says something else than the last one published. */
    public static boolean changed(ParetoFrontier previous, List<FrontierPoint> members) {
        return previous == null || !Objects.equals(previous.getPoints(), members);
    }

    private static double validation(AccuracySummary summary) {
        return summary.getValidation().getMean();
    }

    private static FrontierPoint point(AccuracySummary summary, double cost) {
        return FrontierPoint.newBuilder()
                .setConfigurationId(summary.getConfigurationId())
                .setCost(cost)
                .setImagesPerClass(summary.getImagesPerClass())
                .setCheckpointId(summary.getCheckpointId())
                .setValidationMean(validation(summary))
                .setTestMean(summary.getTest().getMean())
                .setTestHalfWidth95(summary.getTest().getHalfWidth95())
                .build();
    }

    private static Set<String> ids(List<FrontierPoint> points) {
        return points.stream()
                .map(FrontierPoint::getConfigurationId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> without(Set<String> ids, Set<String> others) {
        return ids.stream().filter(id -> !others.contains(id)).toList();
    }
}
