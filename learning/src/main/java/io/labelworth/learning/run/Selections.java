package io.labelworth.learning.run;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The selections known by name. */
public final class Selections {

    /** Parameter of those that ask an expert: the labelling. */
    public static final String LABELLING = ByDifficulty.LABELLING;

    private Selections() {}

    /** Names of the selections. */
    public static List<String> names() {
        return List.of(Drawn.NAME, ByDifficulty.DECILE, ByDifficulty.STRATIFIED, Listed.NAME);
    }

    /** Whether the selection called {@code name} takes a labelling. */
    public static boolean asksAnExpert(String name) {
        return name.equals(ByDifficulty.DECILE) || name.equals(ByDifficulty.STRATIFIED);
    }

    /**
     * The selection called {@code name}.
     *
     * @throws IllegalArgumentException when there is none, or its parameters are not what it takes
     */
    public static Selection of(String name, Map<String, String> parameters) {
        return switch (name) {
            case Drawn.NAME -> {
                requireKeys(name, parameters, Set.of());
                yield new Drawn();
            }
            case ByDifficulty.DECILE -> {
                requireKeys(name, parameters, Set.of(LABELLING, ByDifficulty.DECILE));
                Numbers numbers = new Numbers(name, parameters, parameters.keySet());
                int decile = numbers.integer(ByDifficulty.DECILE);
                Numbers.within(ByDifficulty.DECILE, decile, 1, 10);
                yield new ByDifficulty(parameters.get(LABELLING), decile);
            }
            case ByDifficulty.STRATIFIED -> {
                requireKeys(name, parameters, Set.of(LABELLING));
                yield new ByDifficulty(parameters.get(LABELLING), 0);
            }
            case Listed.NAME -> {
                requireKeys(name, parameters, Set.of(Listed.IMAGES));
                yield Listed.of(parameters.get(Listed.IMAGES));
            }
            default ->
                    throw new IllegalArgumentException(
                            "unknown selection \"" + name + "\"; known: " + names());
        };
    }

    private static void requireKeys(String name, Map<String, String> given, Set<String> keys) {
        if (!given.keySet().equals(keys)) {
            throw new IllegalArgumentException(
                    "selection "
                            + name
                            + " takes the parameters "
                            + keys
                            + ", not "
                            + given.keySet());
        }
    }
}
