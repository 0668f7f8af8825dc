package io.labelworth.analytics.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;

/** JSON Schemas of what the API gives: of events from their Avro schemas, of records by name. */
public final class JsonSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonSchema() {}

    /** A schema that is only a type: string, integer, number, boolean, object or array. */
    public static ObjectNode type(String name) {
        return NODES.objectNode().put("type", name);
    }

    /** An object with the given properties, all there. */
    public static ObjectNode object(Map<String, ? extends JsonNode> properties) {
        ObjectNode schema = type("object");
        properties.forEach((name, of) -> property(schema, name, of));
        return schema;
    }

    /** A list. */
    public static ObjectNode list(JsonNode items) {
        return type("array").set("items", items);
    }

    /** An event as {@link io.labelworth.analytics.view.AvroJson} writes it. */
    public static ObjectNode of(Schema schema) {
        switch (schema.getType()) {
            case RECORD:
                ObjectNode record = type("object");
                if (schema.getDoc() != null) {
                    record.put("description", schema.getDoc());
                }
                for (Schema.Field field : schema.getFields()) {
                    property(record, field.name(), of(field.schema()));
                    if (field.doc() != null) {
                        record.withObject("/properties")
                                .withObject("/" + field.name())
                                .put("description", field.doc());
                    }
                }
                return record;
            case UNION:
                return schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .map(branch -> nullable(of(branch)))
                        .orElseThrow();
            case ARRAY:
                return list(of(schema.getElementType()));
            case MAP:
                return type("object").set("additionalProperties", of(schema.getValueType()));
            case LONG:
                return schema.getLogicalType() == null
                        ? type("integer")
                        : type("string").put("format", "date-time");
            case INT:
                return type("integer");
            case DOUBLE, FLOAT:
                // AvroJson writes null for what is no number.
                return nullable(type("number"));
            case BOOLEAN:
                return type("boolean");
            default:
                return type("string");
        }
    }

    /** A row as Jackson writes it. What is no primitive may be null. */
    public static ObjectNode of(Class<? extends Record> type) {
        ObjectNode schema = type("object");
        for (RecordComponent component : type.getRecordComponents()) {
            property(schema, nameOf(component), ofType(component.getGenericType()));
        }
        return schema;
    }

    private static String nameOf(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null ? component.getName() : given.value();
    }

    private static ObjectNode ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? list(ofType(arguments[0]))
                    : type("object").set("additionalProperties", ofType(arguments[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == boolean.class) {
            return type("boolean");
        }
        if (plain == int.class || plain == long.class) {
            return type("integer");
        }
        if (plain == double.class) {
            return type("number");
        }
        if (JsonNode.class.isAssignableFrom(plain)) {
            return NODES.objectNode();
        }
        return nullable(ofObject(plain));
    }

    private static ObjectNode ofObject(Class<?> plain) {
        if (plain.isRecord()) {
            return of(plain.asSubclass(Record.class));
        }
        if (plain == Boolean.class) {
            return type("boolean");
        }
        if (plain == Integer.class || plain == Long.class) {
            return type("integer");
        }
        return type(Number.class.isAssignableFrom(plain) ? "number" : "string");
    }

    private static void property(ObjectNode object, String name, JsonNode schema) {
        object.withObject("/properties").set(name, schema);
        object.withArray("required").add(name);
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
        }
        return schema;
    }
}
