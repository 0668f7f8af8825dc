package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.BadRequestResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Rows that have a value.
 *
 * @param <R> row
 * @param name name of the parameter
 * @param description for the OpenAPI document
 * @param value what the row has; null where it has none
 * @param match when it is what was asked for
 * @param allowed values that may be asked for; empty for any
 */
public record Filter<R>(
        String name, String description, Function<R, ?> value, Match match, Set<String> allowed) {

    /** When a row's value is what was asked for. */
    enum Match {
        EQUAL,
        WHOLE_NUMBER,
        PREFIX
    }

    /** The very text. */
    public static <R> Filter<R> text(String name, String description, Function<R, ?> value) {
        return new Filter<>(name, description, value, Match.EQUAL, Set.of());
    }

    /** One of few texts. */
    public static <R> Filter<R> oneOf(
            String name, String description, Set<String> allowed, Function<R, ?> value) {
        return new Filter<>(name, description, value, Match.EQUAL, new TreeSet<>(allowed));
    }

    /** A whole number from 1 on. */
    public static <R> Filter<R> number(String name, String description, Function<R, ?> value) {
        return new Filter<>(name, description, value, Match.WHOLE_NUMBER, Set.of());
    }

    /** The beginning of a text. */
    public static <R> Filter<R> prefix(String name, String description, Function<R, ?> value) {
        return new Filter<>(name, description, value, Match.PREFIX, Set.of());
    }

    /**
     * Whether a row has what was asked for.
     *
     * @throws BadRequestResponse when nobody can have it
     */
    Predicate<R> asked(String text) {
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            throw new BadRequestResponse(
                    name + " must be one of " + String.join(", ", allowed) + ", not " + text);
        }
        if (match == Match.WHOLE_NUMBER && !text.matches("[1-9][0-9]{0,8}")) {
            throw new BadRequestResponse(name + " must be a whole number from 1, not " + text);
        }
        return row -> matches(value.apply(row), text);
    }

    /** JSON Schema of the parameter. */
    JsonNode schema() {
        if (match == Match.WHOLE_NUMBER) {
            return JsonSchema.type("integer").put("minimum", 1);
        }
        ObjectNode schema = JsonSchema.type("string");
        if (!allowed.isEmpty()) {
            allowed.forEach(schema.putArray("enum")::add);
        }
        return schema;
    }

    private boolean matches(Object has, String text) {
        if (has == null) {
            return false;
        }
        return match == Match.PREFIX
                ? has.toString().startsWith(text)
                : has.toString().equals(text);
    }
}
