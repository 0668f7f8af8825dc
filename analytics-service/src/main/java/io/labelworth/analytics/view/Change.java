package io.labelworth.analytics.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest event of one key.
 *
 * @param partition where it was read
 * @param offset its offset there
 * @param key key of the record
 * @param value the event as JSON, with its family
 * @param text {@code {"key", "value"}} as it is sent to every browser: written once
 */
public record Change(
        TopicPartition partition, long offset, String key, JsonNode value, String text) {

    static Change of(TopicPartition partition, long offset, String key, JsonNode value) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("key", key);
        whole.set("value", value);
        return new Change(partition, offset, key, value, whole.toString());
    }

    /** Topic of the event. */
    public String topic() {
        return partition.topic();
    }
}
