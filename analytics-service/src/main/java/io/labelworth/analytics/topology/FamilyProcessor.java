package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.CostAxis;
import io.labelworth.analytics.rules.Family;
import io.labelworth.analytics.rules.Frontiers;
import io.labelworth.analytics.rules.LabelWorthRule;
import io.labelworth.analytics.rules.Regime;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the summaries of every family and publishes its frontiers and label worths when they
 * change.
 *
 * <p>A frontier depends on all configurations of its family, so work on every summary would grow
 * with the square of an experiment. Summaries are only stored as they come; families that changed
 * are recomputed together, a few times a second. Which ones changed is remembered in memory: after
 * a restart all are looked at once, and what did not change is not published again.
 */
final class FamilyProcessor
        extends ContextualProcessor<String, AccuracySummary, String, SpecificRecord> {

    private static final StringSerializer KEYS = new StringSerializer();

    private final Duration interval;
    private final SortedSet<String> changed = new TreeSet<>();
    private KeyValueStore<String, AccuracySummary> configurations;
    private KeyValueStore<String, ParetoFrontier> frontiers;
    private KeyValueStore<String, LabelWorth> worths;
    private boolean restarted = true;

    /**
     * @param interval how often changed families are recomputed
     */
    FamilyProcessor(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        configurations = context.getStateStore(FamilyStores.CONFIGURATIONS);
        frontiers = context.getStateStore(FamilyStores.FRONTIERS);
        worths = context.getStateStore(FamilyStores.WORTHS);
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::publishChanges);
    }

    @Override
    public void process(Record<String, AccuracySummary> record) {
        AccuracySummary summary = record.value();
        configurations.put(record.key() + "/" + summary.getConfigurationId(), summary);
        changed.add(record.key());
    }

    private void publishChanges(long now) {
        if (restarted) {
            restarted = false;
            markAllChanged();
        }
        changed.forEach(family -> publish(membersOf(family), now));
        changed.clear();
    }

    private void publish(List<AccuracySummary> members, long now) {
        Family family = Family.of(members.get(0));
        Map<String, List<AccuracySummary>> byRegime =
                members.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Regime::of, TreeMap::new, Collectors.toList()));
        byRegime.forEach(
                (regime, summaries) -> {
                    for (CostAxis axis : CostAxis.values()) {
                        publishFrontier(family, regime, axis, summaries, now);
                    }
                });
        LabelWorthRule.of(members).forEach(worth -> publishWorth(family, worth, now));
    }

    private void publishFrontier(
            Family family,
            String regime,
            CostAxis axis,
            List<AccuracySummary> summaries,
            long now) {
        String key = family.frontierKey(regime, axis);
        ParetoFrontier previous = frontiers.get(key);
        List<FrontierPoint> points = Frontiers.members(summaries, axis);
        if (Frontiers.changed(previous, points)) {
            ParetoFrontier next = Frontiers.next(previous, family, regime, axis, points);
            frontiers.put(key, next);
            context().forward(new Record<>(key, next, now));
        }
    }

    private void publishWorth(Family family, LabelWorth worth, long now) {
        String key = family.worthKey(worth.getImagesPerClass());
        if (!worth.equals(worths.get(key))) {
            worths.put(key, worth);
            context().forward(new Record<>(key, worth, now));
        }
    }

    private List<AccuracySummary> membersOf(String family) {
        List<AccuracySummary> members = new ArrayList<>();
        try (KeyValueIterator<String, AccuracySummary> stored =
                configurations.prefixScan(family + "/", KEYS)) {
            stored.forEachRemaining(entry -> members.add(entry.value));
        }
        return members;
    }

    private void markAllChanged() {
        try (KeyValueIterator<String, AccuracySummary> stored = configurations.all()) {
            while (stored.hasNext()) {
                KeyValue<String, AccuracySummary> entry = stored.next();
                changed.add(Family.of(entry.value).key());
            }
        }
    }
}
