package io.labelworth.kafka;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Environment variables as typed, checked settings; a bad value is refused with its name and what
 * would do.
 */
public final class Environment {

    private final Map<String, String> variables;

    /** Settings out of the given variables, normally {@link System#getenv()}. */
    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** All variables, for what reads a whole prefix. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Text, or the default when unset or blank. */
    public String text(String name, String defaultValue) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? defaultValue : value.trim();
    }

    /**
     * A whole number within bounds, both inclusive.
     *
     * @throws ConfigurationException when it is not one
     */
    public int integer(String name, int defaultValue, int min, int max) {
        String value = text(name, Integer.toString(defaultValue));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for everything that is not such a number.
        }
        throw new ConfigurationException(
                name + " must be a whole number from " + min + " to " + max + ", not " + value);
    }

    /**
     * A path, absolute and normalised.
     *
     * @throws ConfigurationException when it cannot be one
     */
    public Path path(String name, Path defaultValue) {
        String value = text(name, defaultValue.toString());
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigurationException(name + " must be a path, not " + value, e);
        }
    }
}
