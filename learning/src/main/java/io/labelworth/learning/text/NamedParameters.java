package io.labelworth.learning.text;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name with parameters, as events carry them, and its text form: {@code topk-fp16(k=10)}, or the
 * name alone where there are none.
 *
 * @param name lower-case letters, digits and '-'
 * @param parameters by name, as text; sorted, whole numbers written in one way, so that one choice
 *     has one text
 */
public record NamedParameters(String name, Map<String, String> parameters) {

    private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+)(?:\\(([^()]*)\\))?");

    /** Sorts the parameters and checks that the text form is unambiguous. */
    public NamedParameters {
        SortedMap<String, String> sorted = new TreeMap<>(parameters);
        sorted.replaceAll((key, value) -> Decimals.canonical(value));
        parameters = Collections.unmodifiableSortedMap(sorted);
        boolean plain =
                name.matches("[a-z0-9-]+")
                        && sorted.entrySet().stream()
                                .allMatch(
                                        entry ->
                                                entry.getKey().matches("[A-Za-z]+")
                                                        && entry.getValue()
                                                                .matches("[A-Za-z0-9.+-]+"));
        if (!plain) {
            throw new IllegalArgumentException(
                    name + sorted + " is no name with parameters of letters, digits and '.'");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when {@code text} is not of that form
     */
    public static NamedParameters parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no name with parameters, for example name(key=value)");
        }
        Map<String, String> parameters = new TreeMap<>();
        String inside = matcher.group(2);
        if (inside != null && !inside.isBlank()) {
            for (String assignment : inside.split(",", -1)) {
                String[] sides = assignment.strip().split("=", 2);
                if (sides.length != 2 || parameters.put(sides[0], sides[1]) != null) {
                    throw new IllegalArgumentException(
                            "\"" + text + "\": \"" + assignment + "\" is not one name=value");
                }
            }
        }
        return new NamedParameters(matcher.group(1), parameters);
    }

    /** The text form, parameters sorted. */
    @Override
    public String toString() {
        return parameters.isEmpty()
                ? name
                : parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",", name + "(", ")"));
    }
}
