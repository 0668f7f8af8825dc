package io.labelworth.learning.view;

import io.labelworth.learning.text.Decimals;
import io.labelworth.learning.text.NamedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which views of each image are labelled and trained on.
 *
 * @param kind what a view is
 * @param count views of each image, 1 to {@value #MOST}
 * @param leastArea smallest share of the image that a crop may be, above 0 to 1; {@value
 *     #LEAST_AREA} where nothing is cropped
 * @param seed of all that chance decides about them
 */
public record Views(Kind kind, int count, double leastArea, long seed) {

    /** What a view is. */
    public enum Kind {
        /** The image, with a box of another image in it (Yun et al. 2019, alpha 1). */
        CUTMIX("cutmix", false, true),
        /** A crop of random area and aspect at the image's size, flipped or not. */
        CROP("crop", true, false),
        /** As FKD has it: crops of both images, with a box of one in the other. */
        CROP_CUTMIX("crop-cutmix", true, true);

        private final String text;
        private final boolean crops;
        private final boolean mixes;

        Kind(String text, boolean crops, boolean mixes) {
            this.text = text;
            this.crops = crops;
            this.mixes = mixes;
        }

        /** Its name in events, for example crop-cutmix. */
        public String text() {
            return text;
        }

        boolean crops() {
            return crops;
        }

        private static Kind of(String text) {
            return Stream.of(values())
                    .filter(kind -> kind.text.equals(text))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "unknown views \"" + text + "\"; known: " + names()));
        }
    }

    /** Most views of an image: FKD's 300 epochs with a view each fit. */
    public static final int MOST = 1000;

    /** RandomResizedCrop's default, which FKD takes. */
    public static final double LEAST_AREA = 0.08;

    private static final String COUNT = "count";
    private static final String SEED = "seed";
    private static final String AREA = "leastArea";

    /** Checks the ranges. */
    public Views {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "the number of views is " + count + "; it must be 1 to " + MOST);
        }
        if (!(leastArea > 0 && leastArea <= 1)) {
            throw new IllegalArgumentException(
                    "leastArea of a crop is " + leastArea + "; it must be above 0, at most 1");
        }
        if (!kind.crops && leastArea != LEAST_AREA) {
            throw new IllegalArgumentException("views " + kind.text + " take no " + AREA);
        }
    }

    /** Names of the kinds. */
    public static List<String> names() {
        return Arrays.stream(Kind.values()).map(Kind::text).toList();
    }

    /**
     * The views of a name and parameters, as events carry them: count, seed (0 where absent) and,
     * for crops, leastArea ({@value #LEAST_AREA} where absent).
     *
     * @throws IllegalArgumentException when there are none such
     */
    public static Views of(String name, Map<String, String> parameters) {
        Kind kind = Kind.of(name);
        Set<String> known = Set.of(COUNT, SEED, AREA);
        if (!known.containsAll(parameters.keySet()) || !parameters.containsKey(COUNT)) {
            throw new IllegalArgumentException(
                    String.format(
                            "views %s take %s, and may have %s%s, not %s",
                            name,
                            COUNT,
                            SEED,
                            kind.crops ? " and " + AREA : "",
                            parameters.keySet()));
        }
        return new Views(
                kind,
                Decimals.integer(parameters.get(COUNT)),
                Decimals.real(parameters.getOrDefault(AREA, Decimals.text(LEAST_AREA))),
                Long.parseLong(parameters.getOrDefault(SEED, "0")));
    }

    /** Its name in events. */
    public String name() {
        return kind.text;
    }

    /** Count, and what is not at its default, as text. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(COUNT, Integer.toString(count));
        if (leastArea != LEAST_AREA) {
            parameters.put(AREA, Decimals.text(leastArea));
        }
        if (seed != 0) {
            parameters.put(SEED, Long.toString(seed));
        }
        return parameters;
    }

    /**
     * Whether a view shows another image of the dataset too, whose rank is the image's own or
     * lower; see {@link ViewMaker#partner}.
     */
    public boolean mixes() {
        return kind.mixes;
    }

    /** The one text of these views, for example cutmix(count=4,seed=1); part of a labelling id. */
    public String text() {
        return new NamedParameters(name(), parameters()).toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
