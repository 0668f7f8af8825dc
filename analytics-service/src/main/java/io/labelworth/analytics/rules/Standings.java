package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Configurations by budget, best first, kept in order one by one: the best of a budget costs no
 * look at the others.
 */
final class Standings {

    private final Map<Integer, TreeSet<AccuracySummary>> byBudget = new TreeMap<>();
    private final Map<String, AccuracySummary> byId = new HashMap<>();

    /**
     * Takes a configuration in, or what it says now.
     *
     * @return whether the best configuration of its budget says something else than before
     */
    boolean put(AccuracySummary now) {
        TreeSet<AccuracySummary> standing =
                byBudget.computeIfAbsent(
                        now.getImagesPerClass(), budget -> new TreeSet<>(BestFirst.ORDER));
        AccuracySummary best = standing.isEmpty() ? null : standing.first();
        AccuracySummary before = byId.put(now.getConfigurationId(), now);
        if (before != null) {
            standing.remove(before);
        }
        standing.add(now);
        return standing.first() != best;
    }

    /** What a configuration said last; null before it said anything. */
    AccuracySummary get(String configurationId) {
        return byId.get(configurationId);
    }

    /** All configurations, in no order. */
    List<AccuracySummary> all() {
        return new ArrayList<>(byId.values());
    }

    /** The best configuration of each budget, by increasing budget. */
    List<AccuracySummary> best() {
        return byBudget.values().stream().map(TreeSet::first).toList();
    }
}
