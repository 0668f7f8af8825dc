package io.labelworth.it.judges;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Events made from their schemas alone: every field of every topic is exercised, those added later
 * too. No two fields of an event hold the same value, so that a reader that mixes fields up is
 * found out.
 */
final class SampleEvents {

    private final boolean optionalFields;
    private int counter;

    private SampleEvents(boolean optionalFields) {
        this.optionalFields = optionalFields;
    }

    /** An event with every optional field set and two elements in each collection. */
    static <V extends SpecificRecord> V full(Class<V> type) {
        return new SampleEvents(true).event(type);
    }

    /** An event with every optional field null and every collection empty. */
    static <V extends SpecificRecord> V sparse(Class<V> type) {
        return new SampleEvents(false).event(type);
    }

    private <V extends SpecificRecord> V event(Class<V> type) {
        return type.cast(record(SpecificData.get().getSchema(type)));
    }

    private SpecificRecord record(Schema schema) {
        SpecificRecord record =
                (SpecificRecord)
                        SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), field.name()));
        }
        return record;
    }

    private Object value(Schema schema, String name) {
        counter++;
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case STRING -> name + " é " + counter;
            case INT -> -counter;
            case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                            ? Instant.ofEpochMilli(1_700_000_000_000L + counter)
                            : (Object) (Long.MAX_VALUE - counter);
            case FLOAT -> counter + 0.1f;
            case DOUBLE -> counter + 0.1;
            case BOOLEAN -> optionalFields;
            case BYTES -> ByteBuffer.wrap(new byte[] {(byte) counter, 0, (byte) 0xff});
            case ARRAY -> elements(schema.getElementType(), name);
            case MAP -> entries(schema.getValueType(), name);
            case UNION -> optional(schema, name);
            default ->
                    throw new IllegalArgumentException(
                            "no sample for Avro type " + schema.getType() + " of " + name);
        };
    }

    private Object optional(Schema union, String name) {
        return optionalFields
                ? union.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .map(branch -> value(branch, name))
                        .orElseThrow()
                : null;
    }

    private List<Object> elements(Schema type, String name) {
        List<Object> elements = new ArrayList<>();
        if (optionalFields) {
            elements.add(value(type, name));
            elements.add(value(type, name));
        }
        return elements;
    }

    private Map<String, Object> entries(Schema type, String name) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (optionalFields) {
            entries.put("one", value(type, name));
            entries.put("two", value(type, name));
        }
        return entries;
    }
}
