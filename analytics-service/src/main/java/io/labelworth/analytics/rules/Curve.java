package io.labelworth.analytics.rules;

import io.labelworth.analytics.law.MeasuredError;
import io.labelworth.schemas.event.AccuracySummary;
import java.util.Collection;
import java.util.List;

/**
 * Test error by budget: what a scaling law is fitted to.
 *
 * @param name whose curve it is
 * @param configurations the best configuration of each budget, by increasing budget
 */
public record Curve(Name name, List<AccuracySummary> configurations) {

    private static final int RUNS_OF_AN_INTERVAL = 2;

    /**
     * Whose curve it is, within a family.
     *
     * @param regime regime as {@link Regime#of} has it
     * @param checkpointId expert checkpoint; null for the best configuration of each budget,
     *     whichever its checkpoint
     */
    public record Name(String regime, String checkpointId) {

        /** The curve of the best configurations of a regime. */
        public static Name best(String regime) {
            return new Name(regime, null);
        }
    }

    /** The curve of the best of some configurations, in any order. */
    public static Curve of(Name name, Collection<AccuracySummary> configurations) {
        return new Curve(name, List.copyOf(BestFirst.byBudget(configurations).values()));
    }

    /** Those whose error has an interval, by which it can be weighted. */
    List<AccuracySummary> weighted() {
        return configurations.stream()
                .filter(each -> each.getTest().getN() >= RUNS_OF_AN_INTERVAL)
                .toList();
    }

    /** Mean errors and how they vary, by increasing budget. */
    List<MeasuredError> measured() {
        return weighted().stream()
                .map(
                        each ->
                                new MeasuredError(
                                        each.getImagesPerClass(),
                                        1 - each.getTest().getMean(),
                                        each.getTest().getStd(),
                                        each.getTest().getN()))
                .toList();
    }
}
