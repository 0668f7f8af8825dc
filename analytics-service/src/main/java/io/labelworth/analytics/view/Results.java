package io.labelworth.analytics.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.schemas.Topic;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The last event of each key of the output topics, and whoever wants to hear of changes.
 *
 * <p>A listener gets every key that changed since the position it names and then each change as it
 * comes, none lost between and none out of order. That needs no history: for a compacted topic the
 * latest event of a key is all there is to catch up on.
 */
public final class Results {

    private final Map<String, Map<String, Change>> latest = new TreeMap<>();
    private final Set<Consumer<Change>> listeners = new LinkedHashSet<>();
    private Position position = Position.START;

    /** What a listener got on subscribing. */
    public record Backlog(List<Change> changes, String position) {}

    /** Takes a record in. */
    public synchronized void apply(
            TopicPartition partition, long offset, String key, IndexedRecord event) {
        position = position.after(partition, offset);
        Change change = new Change(partition, offset, key, AvroJson.of(event), position.text());
        latest.computeIfAbsent(partition.topic(), topic -> new TreeMap<>()).put(key, change);
        listeners.forEach(listener -> listener.accept(change));
    }

    /**
     * Adds a listener and returns what it has missed.
     *
     * @param seen id of the last event it has seen; anything that is no such id, or one of another
     *     cluster, means none
     * @param listener called by the reading thread under this object's lock: must not block
     */
    public synchronized Backlog subscribe(String seen, Consumer<Change> listener) {
        Position from =
                Optional.ofNullable(seen)
                        .flatMap(Position::parse)
                        .filter(parsed -> parsed.isAtMost(position))
                        .orElse(Position.START);
        listeners.add(listener);
        List<Change> missed =
                latest.values().stream()
                        .flatMap(byKey -> byKey.values().stream())
                        .filter(change -> !from.includes(change.partition(), change.offset()))
                        .map(Change::withoutPosition)
                        .sorted(Comparator.comparing(Change::topic).thenComparing(Change::offset))
                        .toList();
        return new Backlog(missed, position.text());
    }

    /** Removes a listener. */
    public synchronized void unsubscribe(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    /** The latest events of a topic, by key. */
    public synchronized List<JsonNode> latest(Topic<?> topic) {
        return latest.getOrDefault(topic.name(), Map.of()).values().stream()
                .map(Change::value)
                .toList();
    }
}
