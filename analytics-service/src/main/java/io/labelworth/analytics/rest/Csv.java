package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * JSON objects as CSV (RFC 4180). An object inside a row is a column for each of its properties,
 * {@code test.mean}; lists and maps are JSON in one cell, except for lists of plain values, which
 * are separated by semicolons; null is an empty cell.
 */
final class Csv {

    static final String CONTENT_TYPE = "text/csv; charset=utf-8";

    private static final String END = "\r\n";

    private final List<String> columns = new ArrayList<>();

    /** Rows of a JSON Schema. */
    Csv(JsonNode schema) {
        addColumns("", schema);
    }

    /** The line with the names of the columns. */
    String head() {
        return line(column -> column);
    }

    /** The line of a row. */
    String line(JsonNode row) {
        return line(column -> cell(row.at("/" + column.replace('.', '/'))));
    }

    private String line(Function<String, String> cell) {
        return columns.stream()
                .map(column -> quoted(cell.apply(column)))
                .collect(Collectors.joining(",", "", END));
    }

    private void addColumns(String prefix, JsonNode schema) {
        schema.path("properties")
                .properties()
                .forEach(
                        property -> {
                            String name = prefix + property.getKey();
                            if (property.getValue().has("properties")) {
                                addColumns(name + ".", property.getValue());
                            } else {
                                columns.add(name);
                            }
                        });
    }

    private static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isValueNode()) {
            return value.asText();
        }
        List<String> items = new ArrayList<>();
        value.elements().forEachRemaining(item -> items.add(item.asText()));
        boolean plain = value.isArray() && !items.contains("");
        return plain ? String.join(";", items) : value.toString();
    }

    private static String quoted(String text) {
        boolean special =
                text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return special ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
