package io.labelworth.analytics.view;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a reader has come: the next offset of each partition. As text it is the id of a
 * server-sent event, so a browser that comes back says what it has seen.
 *
 * @param next next offset by {@code topic-partition}
 */
record Position(Map<String, Long> next) {

    /** Nothing read yet. */
    static final Position START = new Position(Map.of());

    Position {
        next = Map.copyOf(next);
    }

    /** This position with one record more. */
    Position after(TopicPartition partition, long offset) {
        Map<String, Long> further = new TreeMap<>(next);
        further.put(partition.toString(), offset + 1);
        return new Position(further);
    }

    /** Whether a record has been read. */
    boolean includes(TopicPartition partition, long offset) {
        return offset < next.getOrDefault(partition.toString(), 0L);
    }

    /** Whether no partition is further than in another position. */
    boolean isAtMost(Position other) {
        return next.entrySet().stream()
                .allMatch(entry -> entry.getValue() <= other.next.getOrDefault(entry.getKey(), 0L));
    }

    /** {@code accuracy-summary-0:12;label-worth-0:3}, sorted. */
    String text() {
        return new TreeMap<>(next)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(";"));
    }

    /** Reads {@link #text} back; empty when it is none. */
    static Optional<Position> parse(String text) {
        Map<String, Long> next = new TreeMap<>();
        for (String part : text.split(";")) {
            int colon = part.lastIndexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            try {
                next.put(part.substring(0, colon), Long.parseLong(part.substring(colon + 1)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new Position(next));
    }
}
