package io.labelworth.it.judges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event as plain JSON, the common ground of two languages: bytes in hexadecimal, instants in
 * milliseconds, floats widened, as decode.py prints them.
 */
final class EventJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EventJson() {}

    static JsonNode of(Object value) {
        if (value instanceof SpecificRecord event) {
            ObjectNode object = JSON.objectNode();
            event.getSchema()
                    .getFields()
                    .forEach(field -> object.set(field.name(), of(event.get(field.pos()))));
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, element) -> object.set(key.toString(), of(element)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(of(element)));
            return array;
        }
        return ofScalar(value);
    }

    private static JsonNode ofScalar(Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return JSON.textNode(HexFormat.of().formatHex(copy));
        }
        if (value instanceof Instant instant) {
            return JSON.numberNode(instant.toEpochMilli());
        }
        if (value instanceof Float || value instanceof Double) {
            return JSON.numberNode(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        return value instanceof Boolean flag
                ? JSON.booleanNode(flag)
                : JSON.textNode(value.toString());
    }
}
