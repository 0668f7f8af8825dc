package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.FamilyStanding;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ScalingLaw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When laws are fitted: at most once a second per family, after its last event too, and never for
 * more than a part of the thread's time, since a fit takes milliseconds and an experiment has
 * hundreds of them. What a turn leaves waits for the next; families take turns.
 */
final class LawRounds {

    /** A turn's share of the time between two turns. */
    private static final int SHARE = 4;

    private final Map<String, LawRound> rounds = new LinkedHashMap<>();
    private final Published<ScalingLaw> laws;
    private final Published<LabelWorth> worths;
    private final long nanosOfTurn;

    /**
     * @param turn time between two turns
     */
    LawRounds(Published<ScalingLaw> laws, Published<LabelWorth> worths, Duration turn) {
        this.laws = laws;
        this.worths = worths;
        this.nanosOfTurn = turn.toNanos() / SHARE;
    }

    /** Takes note that a family may have curves to fit. */
    void changed(FamilyStanding family) {
        rounds.computeIfAbsent(family.family().key(), key -> new LawRound(family, laws, worths));
    }

    /**
     * Fits what is due, at least one curve.
     *
     * @param now wall-clock time in ms
     */
    void turn(long now) {
        long end = System.nanoTime() + nanosOfTurn;
        for (String family : new ArrayList<>(rounds.keySet())) {
            LawRound round = rounds.get(family);
            round.startIfDue(now);
            boolean fitted = false;
            while (round.underWay() && (!fitted || System.nanoTime() < end)) {
                round.fitNext(now);
                fitted = true;
            }
            if (fitted) {
                rounds.remove(family);
                rounds.put(family, round);
            }
            if (System.nanoTime() >= end) {
                return;
            }
        }
    }
}
