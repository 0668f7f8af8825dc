package io.labelworth.analytics.view;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest event of one key.
 *
 * @param partition where it was read
 * @param offset its offset there
 * @param key key of the record
 * @param value the event as JSON
 * @param position id to resume after it; null while a backlog is being sent, which must be seen
 *     whole
 */
public record Change(
        TopicPartition partition, long offset, String key, JsonNode value, String position) {

    /** Topic of the event. */
    public String topic() {
        return partition.topic();
    }

    Change withoutPosition() {
        return new Change(partition, offset, key, value, null);
    }
}
