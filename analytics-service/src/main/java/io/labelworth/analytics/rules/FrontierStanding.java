package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import java.util.Collection;
import java.util.List;

/**
 * One frontier, recomputed only when a configuration touches it: most are dominated before and
 * after another of their runs, and looking at them all for each would cost the square of an
 * experiment.
 */
final class FrontierStanding {

    private final CostAxis axis;
    private List<FrontierPoint> members = List.of();
    private boolean touched = true;

    FrontierStanding(CostAxis axis) {
        this.axis = axis;
    }

    CostAxis axis() {
        return axis;
    }

    /** Takes note that a configuration is new or says something else. */
    void changed(AccuracySummary now) {
        touched = touched || isMember(now) || !isDominated(now);
    }

    /** Whether {@link #members} may say something else than it last did. */
    boolean touched() {
        return touched;
    }

    /**
     * The members by increasing cost.
     *
     * @param all all configurations of the regime
     */
    List<FrontierPoint> members(Collection<AccuracySummary> all) {
        if (touched) {
            members = Frontiers.members(all, axis);
            touched = false;
        }
        return members;
    }

    private boolean isMember(AccuracySummary now) {
        return members.stream()
                .anyMatch(point -> point.getConfigurationId().equals(now.getConfigurationId()));
    }

    private boolean isDominated(AccuracySummary now) {
        double cost = axis.cost(now);
        double validation = now.getValidation().getMean();
        return members.stream()
                .anyMatch(
                        point ->
                                point.getCost() <= cost
                                        && point.getValidationMean() >= validation
                                        && (point.getCost() < cost
                                                || point.getValidationMean() > validation));
    }
}
