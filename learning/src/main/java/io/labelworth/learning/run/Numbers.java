package io.labelworth.learning.run;

import io.labelworth.learning.text.Decimals;
import java.util.Map;
import java.util.Set;

/** Parameters given as text, each known and read strictly. */
public final class Numbers {

    private final String owner;
    private final Map<String, String> parameters;

    /**
     * Reads {@code parameters}.
     *
     * @param owner named in messages
     * @throws IllegalArgumentException when a name is none of {@code known}
     */
    public Numbers(String owner, Map<String, String> parameters, Set<String> known) {
        this.owner = owner;
        this.parameters = parameters;
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        owner + " has no parameter \"" + name + "\"; known: " + known);
            }
        }
    }

    /** The integer called {@code name}, which must be there. */
    public int integer(String name) {
        if (!parameters.containsKey(name)) {
            throw new IllegalArgumentException(owner + " needs " + name);
        }
        return integer(name, 0);
    }

    /** The integer called {@code name}. */
    public int integer(String name, int absent) {
        String text = parameters.get(name);
        try {
            return text == null ? absent : Decimals.integer(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is \"" + text + "\", not a whole number", e);
        }
    }

    /** The number called {@code name}. */
    public double real(String name, double absent) {
        String text = parameters.get(name);
        try {
            return text == null ? absent : Decimals.real(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is \"" + text + "\", not a number", e);
        }
    }

    /** Puts {@code value} as text, unless it is {@code absent}. */
    public static void putUnless(
            Map<String, String> parameters, String name, double value, double absent) {
        if (value != absent) {
            parameters.put(name, Decimals.text(value));
        }
    }

    /**
     * Checks a range.
     *
     * @throws IllegalArgumentException when {@code value} is not within {@code least} and {@code
     *     most}
     */
    public static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            String from = least == Double.MIN_VALUE ? "above 0" : "at least " + text(least);
            throw new IllegalArgumentException(
                    name + " is " + text(value) + ", not " + from + " and at most " + text(most));
        }
    }

    private static String text(double value) {
        return Double.isFinite(value) ? Decimals.text(value) : Double.toString(value);
    }
}
