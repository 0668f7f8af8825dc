package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.Choice;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Choices as keys and people read them. */
final class Choices {

    private Choices() {}

    /** {@code name[parameter=value,...]} with parameters sorted, or the name alone. */
    static String text(Choice choice) {
        Map<String, String> sorted = new TreeMap<>(choice.getParameters());
        return sorted.isEmpty()
                ? choice.getName()
                : sorted.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",", choice.getName() + "[", "]"));
    }
}
