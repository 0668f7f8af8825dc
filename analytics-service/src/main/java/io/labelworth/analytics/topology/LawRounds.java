package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.FamilyStanding;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ScalingLaw;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * When laws are fitted: at most once a second per family, after its last event too, and never for
 * more than a part of the thread's time, since a fit takes milliseconds and an experiment has
 * hundreds of them. While summaries come by the thousand, as after a restart, few are fitted: they
 * would be out of date at once. What a turn leaves waits for the next; families take turns.
 */
final class LawRounds {

    /** Part of the time between two turns, of which a thread may have one of each of its tasks. */
    private static final int SHARE = 4 * AnalyticsTopology.INTERNAL_PARTITIONS;

    /** Summaries between two turns from which on they come fast: 400 a second. */
    private static final int MANY = 100;

    /** Age of a result from which on its stream is behind. */
    private static final long LATE_MS = 10_000;

    /** Results come in lumps, commit by commit: only after this are there no more. */
    private static final long SILENCE_MS = 1000;

    /** Summaries that there is one fit for when they come fast: a twentieth of the time. */
    private static final int SUMMARIES_PER_FIT = 1000;

    private final Map<String, LawRound> rounds = new LinkedHashMap<>();
    private final Published<ScalingLaw> laws;
    private final Published<LabelWorth> worths;
    private final long nanosOfTurn;
    private int summaries;
    private long newest;
    private long behindAt = Long.MIN_VALUE / 2;
    private int summariesOfNextFit;

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
     * Takes note that a summary came.
     *
     * @param timestamp of the result that it is of, in ms
     */
    void summary(long timestamp) {
        summaries++;
        newest = timestamp;
    }

    /**
     * Fits what is due.
     *
     * @param now wall-clock time in ms
     */
    void turn(long now) {
        if (summaries >= MANY || (summaries > 0 && now - newest > LATE_MS)) {
            behindAt = now;
        }
        summariesOfNextFit += summaries;
        summaries = 0;
        if (now - behindAt > SILENCE_MS) {
            summariesOfNextFit = 0;
            long end = System.nanoTime() + nanosOfTurn;
            fit(now, fits -> fits == 0 || System.nanoTime() < end);
        } else {
            int most = summariesOfNextFit / SUMMARIES_PER_FIT;
            summariesOfNextFit %= SUMMARIES_PER_FIT;
            fit(now, fits -> fits < most);
        }
    }

    /**
     * @param goOn says after how many fits there may be another
     */
    private void fit(long now, IntPredicate goOn) {
        int fits = 0;
        for (String family : List.copyOf(rounds.keySet())) {
            if (!goOn.test(fits)) {
                return;
            }
            LawRound round = rounds.get(family);
            round.startIfDue(now);
            int before = fits;
            while (round.underWay() && goOn.test(fits)) {
                round.fitNext(now);
                fits++;
            }
            if (fits > before) {
                rounds.remove(family);
                rounds.put(family, round);
            }
        }
    }
}
