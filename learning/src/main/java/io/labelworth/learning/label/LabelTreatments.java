package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The treatments known by name. */
public final class LabelTreatments {

    private LabelTreatments() {}

    /** Names of the treatments. */
    public static List<String> names() {
        return List.of(Temperature.NAME);
    }

    /**
     * The treatment called {@code name}.
     *
     * @throws LabelException when there is none, or its parameters are not what it takes
     */
    public static LabelTreatment of(String name, Map<String, String> parameters) {
        if (!name.equals(Temperature.NAME)) {
            throw new LabelException("unknown treatment \"" + name + "\"; known: " + names());
        }
        if (!parameters.keySet().equals(Set.of("value"))) {
            throw new LabelException(
                    name + " takes the parameter value, not " + parameters.keySet());
        }
        String value = parameters.get("value");
        try {
            return new Temperature(Decimals.real(value));
        } catch (NumberFormatException e) {
            throw new LabelException(name + ": value is \"" + value + "\", not a number");
        }
    }
}
