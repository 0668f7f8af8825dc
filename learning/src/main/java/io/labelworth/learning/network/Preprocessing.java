package io.labelworth.learning.network;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.text.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happens to raw pixels before the network: scaled to [0, 1], then per channel minus the mean,
 * divided by the standard deviation, then perhaps whitened.
 *
 * @param mean per channel
 * @param std per channel, above 0
 * @param zca the whitening; empty for none
 */
public record Preprocessing(List<Float> mean, List<Float> std, Optional<Zca> zca) {

    private static final String NORMALIZE = "normalize";

    /** Checks the lists against each other. */
    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        boolean usable =
                mean.stream().allMatch(Float::isFinite)
                        && std.stream().allMatch(s -> s > 0 && Float.isFinite(s));
        if (mean.isEmpty() || mean.size() != std.size() || !usable) {
            throw new ModelException("normalize needs a mean and a std above 0 for each channel");
        }
    }

    /** Without whitening. */
    public Preprocessing(List<Float> mean, List<Float> std) {
        this(mean, std, Optional.empty());
    }

    /** The preprocessing of a dataset: its own mean and std. */
    public static Preprocessing of(DatasetInfo dataset) {
        return new Preprocessing(dataset.mean(), dataset.std());
    }

    /**
     * Takes back name and parameters, as events carry them.
     *
     * @throws ModelException when they are not those of a preprocessing
     */
    public static Preprocessing of(String name, Map<String, String> parameters) {
        if (!name.equals(NORMALIZE) && !name.equals(Zca.NAME)) {
            throw new ModelException(
                    String.format(
                            "unknown preprocessing \"%s\"; known: %s, %s",
                            name, NORMALIZE, Zca.NAME));
        }
        return new Preprocessing(
                numbers(parameters.get("mean")),
                numbers(parameters.get("std")),
                name.equals(Zca.NAME) ? Optional.of(Zca.of(parameters)) : Optional.empty());
    }

    /** The same, then whitened. */
    public Preprocessing whitened(Zca whitening) {
        return new Preprocessing(mean, std, Optional.of(whitening));
    }

    /** Name in events: normalize or zca. */
    public String name() {
        return zca.isPresent() ? Zca.NAME : NORMALIZE;
    }

    /** Parameters by name, as text; {@link #of(String, Map)} takes them back. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("mean", text(mean));
        parameters.put("std", text(std));
        zca.ifPresent(whitening -> parameters.putAll(whitening.parameters()));
        return parameters;
    }

    /** The text form. */
    @Override
    public String toString() {
        return parameters().entrySet().stream()
                .map(Object::toString)
                .collect(Collectors.joining(",", name() + "(", ")"));
    }

    private static String text(List<Float> numbers) {
        return String.join(" ", numbers.stream().map(number -> Decimals.text(number)).toList());
    }

    private static List<Float> numbers(String text) {
        List<Float> numbers = new ArrayList<>();
        try {
            for (String number : text == null ? new String[0] : text.split(" ", -1)) {
                numbers.add(Decimals.single(number));
            }
        } catch (NumberFormatException e) {
            throw new ModelException("normalize: \"" + text + "\" is no list of numbers", e);
        }
        return numbers;
    }
}
