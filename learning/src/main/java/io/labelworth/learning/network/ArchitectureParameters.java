package io.labelworth.learning.network;

import io.labelworth.learning.text.Decimals;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of an {@link Architecture} and checks their ranges. */
final class ArchitectureParameters {

    private final String name;
    private final Map<String, String> parameters;

    /**
     * Parameters of an architecture.
     *
     * @throws ModelException when one is missing or unknown
     */
    ArchitectureParameters(Architecture architecture, Set<String> known) {
        name = architecture.name();
        parameters = architecture.parameters();
        if (!parameters.keySet().equals(known)) {
            throw new ModelException(
                    String.format(
                            "%s takes the parameters %s, not %s",
                            name, new TreeSet<>(known), parameters.keySet()));
        }
    }

    String text(String parameter) {
        return parameters.get(parameter);
    }

    int integer(String parameter) {
        try {
            return Decimals.integer(text(parameter));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    String.format(
                            "%s: %s is \"%s\", not a number", name, parameter, text(parameter)),
                    e);
        }
    }

    /** Checks the input and output that every architecture has. */
    static void requireEnds(
            String name, int channels, int imageHeight, int imageWidth, int classes) {
        requireWithin(name, "channels", channels, 1, 16);
        requireWithin(name, "imageHeight", imageHeight, 2, 1024);
        requireWithin(name, "imageWidth", imageWidth, 2, 1024);
        requireWithin(name, "classes", classes, 2, 100_000);
    }

    static void requireWithin(String name, String parameter, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ModelException(
                    String.format(
                            "%s: %s is %d, not %d to %d", name, parameter, value, least, most));
        }
    }
}
