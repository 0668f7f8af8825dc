package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.CostAxis;
import io.labelworth.analytics.rules.Family;
import io.labelworth.analytics.rules.FamilyStanding;
import io.labelworth.analytics.rules.Frontiers;
import io.labelworth.analytics.rules.Summaries;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.ParetoFrontier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the summaries of every family and publishes its frontiers, scaling laws and label worths
 * when they change.
 *
 * <p>All of these depend on all configurations of a family, so work on every summary would grow
 * with the square of an experiment. Summaries are put into the family's standing as they come,
 * which costs no look at the others; what they changed is published together, a few times a second
 * for frontiers and at most once a second for laws. Standings are in memory, beside the store that
 * they are made of: after a restart all are looked at once, and what did not change is not
 * published again.
 */
final class FamilyProcessor
        extends ContextualProcessor<String, AccuracySummary, String, SpecificRecord> {

    private final Duration interval;
    private final Map<String, FamilyStanding> standings = new TreeMap<>();
    private final SortedSet<String> changed = new TreeSet<>();
    private KeyValueStore<String, AccuracySummary> configurations;
    private Published<ParetoFrontier> frontiers;
    private LawRounds laws;
    private boolean loaded;

    /**
     * @param interval how often changed families are looked at
     */
    FamilyProcessor(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        configurations = context.getStateStore(FamilyStores.CONFIGURATIONS);
        frontiers = new Published<>(context, FamilyStores.FRONTIERS);
        laws =
                new LawRounds(
                        new Published<>(context, FamilyStores.LAWS),
                        new Published<>(context, FamilyStores.WORTHS),
                        interval);
        // A task whose transaction was aborted is initialised again: memory follows the store.
        standings.clear();
        changed.clear();
        loaded = false;
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::publishChanges);
    }

    @Override
    public void process(Record<String, AccuracySummary> record) {
        load();
        Family family = Family.of(record.value());
        AccuracySummary summary = Summaries.light(record.value(), family);
        put(record.key(), family, summary);
        configurations.put(record.key() + "/" + summary.getConfigurationId(), summary);
        laws.summary(record.timestamp());
    }

    private void publishChanges(long now) {
        load();
        for (String key : changed) {
            FamilyStanding standing = standings.get(key);
            standing.touchedFrontiers(
                    (regime, axis, members) ->
                            publishFrontier(standing.family(), regime, axis, members, now));
            laws.changed(standing);
        }
        changed.clear();
        laws.turn(now);
    }

    private void publishFrontier(
            Family family, String regime, CostAxis axis, List<FrontierPoint> members, long now) {
        String key = family.frontierKey(regime, axis);
        ParetoFrontier previous = frontiers.last(key);
        if (Frontiers.changed(previous, members)) {
            frontiers.publish(key, Frontiers.next(previous, family, regime, axis, members), now);
        }
    }

    private void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        try (KeyValueIterator<String, AccuracySummary> stored = configurations.all()) {
            stored.forEachRemaining(
                    entry -> {
                        Family family = Family.of(entry.value);
                        put(family.key(), family, entry.value);
                    });
        }
    }

    private void put(String key, Family family, AccuracySummary summary) {
        standings.computeIfAbsent(key, k -> new FamilyStanding(family)).put(summary);
        changed.add(key);
    }
}
