package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What one regime of a family came to so far. */
final class RegimeStanding {

    private final String regime;
    private final Standings all = new Standings();
    private final Map<String, Standings> byCheckpoint = new HashMap<>();
    private final List<FrontierStanding> frontiers =
            Stream.of(CostAxis.values()).map(FrontierStanding::new).toList();

    RegimeStanding(String regime) {
        this.regime = regime;
    }

    /**
     * Takes a configuration in.
     *
     * @param changedCurves gets the names of curves that say something else than before
     */
    void put(AccuracySummary now, Set<Curve.Name> changedCurves) {
        if (all.put(now)) {
            changedCurves.add(Curve.Name.best(regime));
        }
        String checkpoint = now.getCheckpointId();
        if (checkpoint != null
                && byCheckpoint.computeIfAbsent(checkpoint, id -> new Standings()).put(now)) {
            changedCurves.add(new Curve.Name(regime, checkpoint));
        }
        frontiers.forEach(frontier -> frontier.changed(now));
    }

    /** Hands over every frontier that may have changed since the last call. */
    void touchedFrontiers(BiConsumer<CostAxis, List<FrontierPoint>> use) {
        List<AccuracySummary> members = null;
        for (FrontierStanding frontier : frontiers) {
            if (frontier.touched()) {
                members = members == null ? all.all() : members;
                use.accept(frontier.axis(), frontier.members(members));
            }
        }
    }

    Curve curve(String checkpointId) {
        Standings of = checkpointId == null ? all : byCheckpoint.get(checkpointId);
        return new Curve(new Curve.Name(regime, checkpointId), of.best());
    }
}
