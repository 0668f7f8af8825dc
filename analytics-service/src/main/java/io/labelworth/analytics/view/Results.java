package io.labelworth.analytics.view;

import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The last event of each key of the output topics, and what changed.
 *
 * <p>Who follows asks once what it has {@link #missed} and then for each {@link #drain}: every key
 * that changed since, none lost between and no older event after a newer one. That needs no
 * history: for a compacted topic the latest event of a key is all there is to catch up on.
 */
public final class Results {

    private final Map<String, ConcurrentSkipListMap<String, Change>> latest =
            new ConcurrentHashMap<>();
    private final Map<String, Change> undrained = new LinkedHashMap<>();
    private Position position = Position.START;

    /** Takes a record in. */
    public synchronized void apply(
            TopicPartition partition, long offset, String key, IndexedRecord event) {
        position = position.after(partition, offset);
        Change change = Change.of(partition, offset, key, event);
        byKey(partition.topic()).put(key, change);
        // Removed first, so that ids never run ahead of what was sent.
        undrained.remove(id(change));
        undrained.put(id(change), change);
    }

    /**
     * What changed since a position.
     *
     * @param seen id of the last event seen; null, anything that is no such id, or one of another
     *     cluster, means none
     */
    public synchronized Changes missed(String seen) {
        Position from =
                Optional.ofNullable(seen)
                        .flatMap(Position::parse)
                        .filter(parsed -> parsed.isAtMost(position))
                        .orElse(Position.START);
        List<Change> events =
                latest.values().stream()
                        .flatMap(byKey -> byKey.values().stream())
                        .filter(change -> !from.includes(change.partition(), change.offset()))
                        .sorted(Comparator.comparing(Change::topic).thenComparing(Change::offset))
                        .toList();
        return new Changes(events, position.text());
    }

    /** What changed since the last call: one follower, which tells all others. */
    public synchronized Changes drain() {
        List<Change> events = List.copyOf(undrained.values());
        undrained.clear();
        return new Changes(events, position.text());
    }

    /** The latest events of a topic, by key; changes as they come. */
    public NavigableMap<String, Change> latest(Topic<?> topic) {
        return byKey(topic.name());
    }

    /** The latest summary of each configuration. */
    public List<AccuracySummary> summaries() {
        return latest(Topics.ACCURACY_SUMMARY).values().stream()
                .map(change -> (AccuracySummary) change.event())
                .toList();
    }

    private ConcurrentSkipListMap<String, Change> byKey(String topic) {
        return latest.computeIfAbsent(topic, name -> new ConcurrentSkipListMap<>());
    }

    private static String id(Change change) {
        return change.topic() + "/" + change.key();
    }
}
