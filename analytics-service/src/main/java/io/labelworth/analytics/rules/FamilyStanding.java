package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the configurations of one family came to so far: kept in memory, fed summary by summary, at
 * a cost that hardly grows with their number. What it says follows from the last summary of each
 * configuration, not from their order.
 */
public final class FamilyStanding {

    /** Curves that label worth needs come first: it waits for their laws. */
    private static final Comparator<Curve.Name> ORDER =
            Comparator.comparing((Curve.Name name) -> !isOfWorth(name))
                    .thenComparing(Curve.Name::regime)
                    .thenComparing(
                            Curve.Name::checkpointId,
                            Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Family family;
    private final Map<String, RegimeStanding> regimes = new TreeMap<>();
    private NavigableSet<Curve.Name> changed = new TreeSet<>(ORDER);

    /** A family without configurations. */
    public FamilyStanding(Family family) {
        this.family = family;
    }

    /** Takes frontiers that may have changed. */
    @FunctionalInterface
    public interface FrontierUse {

        /** Takes the members of one, by increasing cost. */
        void accept(String regime, CostAxis axis, List<FrontierPoint> members);
    }

    /** The family. */
    public Family family() {
        return family;
    }

    /**
     * Takes a configuration in, or what it says now.
     *
     * @param summary may be {@link Summaries#light}
     */
    public void put(AccuracySummary summary) {
        regimes.computeIfAbsent(Regime.of(summary), RegimeStanding::new).put(summary, changed);
    }

    /** Hands over every frontier that may have changed since the last call. */
    public void touchedFrontiers(FrontierUse use) {
        regimes.forEach(
                (regime, standing) ->
                        standing.touchedFrontiers(
                                (axis, members) -> use.accept(regime, axis, members)));
    }

    /** Whether a curve changed since {@link #takeChangedCurves}. */
    public boolean hasChangedCurves() {
        return !changed.isEmpty();
    }

    /** The curves that changed since the last call, those of {@link #isOfWorth} first. */
    public NavigableSet<Curve.Name> takeChangedCurves() {
        NavigableSet<Curve.Name> taken = changed;
        changed = new TreeSet<>(ORDER);
        return taken;
    }

    /** A curve as it is now; one without points where nothing is known of its regime. */
    public Curve curve(Curve.Name name) {
        RegimeStanding regime = regimes.get(name.regime());
        return regime == null ? new Curve(name, List.of()) : regime.curve(name.checkpointId());
    }

    /** Whether label worth follows from the curve. */
    public static boolean isOfWorth(Curve.Name name) {
        return name.checkpointId() == null
                && (name.regime().equals(Regime.HARD) || name.regime().equals(Regime.FIXED_SOFT));
    }
}
