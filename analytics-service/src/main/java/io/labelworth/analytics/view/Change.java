package io.labelworth.analytics.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest event of one key.
 *
 * @param partition where it was read
 * @param offset its offset there
 * @param key key of the record
 * @param event the event
 * @param family key of the family that it is about; null where it is about none
 * @param text {@code {"key", "value"}} as it is sent to every browser: written once
 */
public record Change(
        TopicPartition partition,
        long offset,
        String key,
        IndexedRecord event,
        String family,
        String text) {

    static Change of(TopicPartition partition, long offset, String key, IndexedRecord event) {
        String family = Families.of(key, event).orElse(null);
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("key", key);
        whole.set("value", value(event, family));
        return new Change(partition, offset, key, event, family, whole.toString());
    }

    /** The event as JSON, with its family. */
    public ObjectNode value() {
        return value(event, family);
    }

    /** A field of the event; null where it has none of that name. */
    public Object field(String name) {
        Schema.Field field = event.getSchema().getField(name);
        return field == null ? null : event.get(field.pos());
    }

    /** Topic of the event. */
    public String topic() {
        return partition.topic();
    }

    private static ObjectNode value(IndexedRecord event, String family) {
        ObjectNode value = AvroJson.of(event);
        return family == null ? value : value.put(Families.FIELD, family);
    }
}
