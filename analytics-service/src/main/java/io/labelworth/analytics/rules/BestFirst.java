package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the best configuration is chosen: by validation accuracy, never by test accuracy. */
final class BestFirst {

    /** Highest validation mean first; equal ones by id, so that ties do not depend on order. */
    static final Comparator<AccuracySummary> ORDER =
            Comparator.comparingDouble(
                            (AccuracySummary summary) -> -summary.getValidation().getMean())
                    .thenComparing(AccuracySummary::getConfigurationId);

    private BestFirst() {}

    /** The best configuration of each budget. */
    static SortedMap<Integer, AccuracySummary> byBudget(
            Collection<AccuracySummary> configurations) {
        SortedMap<Integer, AccuracySummary> best = new TreeMap<>();
        configurations.stream()
                .sorted(ORDER)
                .forEach(each -> best.putIfAbsent(each.getImagesPerClass(), each));
        return best;
    }
}
