package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.Curve;
import io.labelworth.analytics.rules.FamilyStanding;
import io.labelworth.analytics.rules.FittedCurve;
import io.labelworth.analytics.rules.LabelWorthRule;
import io.labelworth.analytics.rules.Regime;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ScalingLaw;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;

/**
 * Fits the curves of one family that changed, round by round. Label worth follows from two of the
 * laws, which are fitted first, and is published with them.
 */
final class LawRound {

    private static final long LEAST_MS_BETWEEN_ROUNDS = 1000;

    private final FamilyStanding family;
    private final Published<ScalingLaw> laws;
    private final Published<LabelWorth> worths;
    private final Map<Curve.Name, FittedCurve> ofWorth = new HashMap<>();
    private NavigableSet<Curve.Name> toFit = Collections.emptyNavigableSet();
    private long startedAt = Long.MIN_VALUE;

    LawRound(FamilyStanding family, Published<ScalingLaw> laws, Published<LabelWorth> worths) {
        this.family = family;
        this.laws = laws;
        this.worths = worths;
    }

    /** Starts a round when the last one is over, is a second old, and something changed since. */
    void startIfDue(long now) {
        if (!underWay()
                && family.hasChangedCurves()
                && (startedAt == Long.MIN_VALUE || now - startedAt >= LEAST_MS_BETWEEN_ROUNDS)) {
            startedAt = now;
            toFit = family.takeChangedCurves();
        }
    }

    /** Whether curves of the round are still to be fitted. */
    boolean underWay() {
        return !toFit.isEmpty();
    }

    /** Fits one curve, and publishes what follows from it. */
    void fitNext(long now) {
        Curve.Name name = toFit.pollFirst();
        FittedCurve fitted = FittedCurve.of(family.family(), family.curve(name));
        laws.publishChange(family.family().lawKey(name), fitted.event(), now);
        if (FamilyStanding.isOfWorth(name)) {
            ofWorth.put(name, fitted);
            if (toFit.isEmpty() || !FamilyStanding.isOfWorth(toFit.first())) {
                publishWorths(now);
            }
        }
    }

    private void publishWorths(long now) {
        FittedCurve hard = fitted(Regime.HARD);
        FittedCurve soft = fitted(Regime.FIXED_SOFT);
        for (LabelWorth worth : LabelWorthRule.of(hard, soft)) {
            String key = family.family().worthKey(worth.getImagesPerClass());
            worths.publishChange(key, worth, now);
        }
    }

    /** A regime without results has a curve without points. */
    private FittedCurve fitted(String regime) {
        return ofWorth.computeIfAbsent(
                Curve.Name.best(regime),
                name -> FittedCurve.of(family.family(), family.curve(name)));
    }
}
