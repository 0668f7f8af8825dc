package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Parameters of a treatment as specs carry them: each known, and read strictly. */
final class TreatmentParameters {

    private static final String NORMALISE = "normalise";

    private final String name;
    private final Map<String, String> parameters;

    private TreatmentParameters(String name, Map<String, String> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    /** Those that must be there, and no other. */
    static TreatmentParameters exactly(
            String name, Map<String, String> parameters, String... required) {
        return known(name, parameters, List.of(required), List.of());
    }

    /** One that must be there, and perhaps normalise. */
    static TreatmentParameters normalisable(
            String name, Map<String, String> parameters, String required) {
        return known(name, parameters, List.of(required), List.of(NORMALISE));
    }

    /** One that may be there, and no other. */
    static TreatmentParameters atMost(
            String name, Map<String, String> parameters, String optional) {
        return known(name, parameters, List.of(), List.of(optional));
    }

    private static TreatmentParameters known(
            String name,
            Map<String, String> parameters,
            List<String> required,
            List<String> optional) {
        Set<String> given = parameters.keySet();
        boolean allThere = given.containsAll(required);
        boolean allKnown =
                given.stream().allMatch(key -> required.contains(key) || optional.contains(key));
        if (!allThere || !allKnown) {
            throw new LabelException(
                    name
                            + " takes "
                            + listing(required, optional)
                            + ", not "
                            + new TreeSet<>(given));
        }
        return new TreatmentParameters(name, parameters);
    }

    private static String listing(List<String> required, List<String> optional) {
        String perhaps = optional.isEmpty() ? "" : "perhaps " + String.join(" and ", optional);
        if (required.isEmpty()) {
            return optional.isEmpty() ? "no parameters" : perhaps;
        }
        String must = "the parameter " + String.join(" and ", required);
        return perhaps.isEmpty() ? must : must + " and " + perhaps;
    }

    int integer(String key) {
        try {
            return Decimals.integer(parameters.get(key));
        } catch (NumberFormatException e) {
            throw notA("whole number of usual size", key, e);
        }
    }

    double real(String key) {
        try {
            return Decimals.real(parameters.get(key));
        } catch (NumberFormatException e) {
            throw notA("number", key, e);
        }
    }

    String text(String key, String absent) {
        return parameters.getOrDefault(key, absent);
    }

    /** Whether the treated label is scaled to sum 1: not, unless said. */
    boolean normalise() {
        String text = text(NORMALISE, "false");
        requireOneOf(name, NORMALISE, text, "true", "false");
        return text.equals("true");
    }

    /** Puts normalise, unless it is at its default. */
    /** A number, and whether to normalise where that is not the default. */
    static Map<String, String> text(String key, int value, boolean normalise) {
        String number = Integer.toString(value);
        return normalise ? Map.of(key, number, NORMALISE, "true") : Map.of(key, number);
    }

    static void requireWithin(String name, String key, int value, int least, int most) {
        if (value < least || value > most) {
            String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            throw new LabelException(name + ": " + key + " is " + value + "; it must be " + range);
        }
    }

    static void requireOneOf(String name, String key, String value, String... allowed) {
        if (!List.of(allowed).contains(value)) {
            throw new LabelException(
                    String.format(
                            "%s: %s is \"%s\"; it must be %s",
                            name, key, value, String.join(" or ", allowed)));
        }
    }

    private LabelException notA(String kind, String key, NumberFormatException cause) {
        return new LabelException(
                name + ": " + key + " is \"" + parameters.get(key) + "\", not a " + kind, cause);
    }
}
