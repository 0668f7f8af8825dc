package io.labelworth.learning.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The images of a list, each class's in its order: a set that somebody chose otherwise. The subset
 * seed changes nothing.
 *
 * @param imageIds as many of each class as the budget says, all of the pool
 */
public record Listed(List<String> imageIds) implements Selection {

    static final String NAME = "listed";
    static final String IMAGES = "images";

    private static final String SEPARATOR = ",";

    /** Checks that no image is named twice. */
    public Listed {
        imageIds = List.copyOf(imageIds);
        if (imageIds.isEmpty() || Set.copyOf(imageIds).size() < imageIds.size()) {
            throw new IllegalArgumentException("the list of images is empty or names one twice");
        }
    }

    /** Image ids with commas between. */
    static Listed of(String text) {
        return new Listed(Arrays.stream(text.split(SEPARATOR, -1)).map(String::strip).toList());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(IMAGES, String.join(SEPARATOR, imageIds));
    }

    @Override
    public Optional<String> labelling() {
        return Optional.empty();
    }

    @Override
    public int ranksNeeded(RunSpec spec) {
        return spec.pool();
    }

    @Override
    public void requireClasses(int imagesPerClass, int classes) {
        if (imageIds.size() != (long) imagesPerClass * classes) {
            throw new IllegalArgumentException(
                    String.format(
                            "the list has %d images, not %d of each of %d classes",
                            imageIds.size(), imagesPerClass, classes));
        }
    }

    @Override
    public IntStream candidates(RunSpec spec, int imageClass, IntFunction<String> ids) {
        Map<String, Integer> rankOf = new HashMap<>();
        IntStream.range(0, spec.pool()).forEach(rank -> rankOf.put(ids.apply(rank), rank));
        return imageIds.stream().filter(rankOf::containsKey).mapToInt(rankOf::get);
    }

    @Override
    public int[] selected(RunSpec spec, int imageClass, ClassPool pool) {
        int[] ranks = candidates(spec, imageClass, pool::imageId).toArray();
        if (ranks.length != spec.imagesPerClass()) {
            throw new IllegalArgumentException(
                    String.format(
                            "the list has %d images of class %d that are in the pool, not the"
                                    + " budget's %d",
                            ranks.length, imageClass, spec.imagesPerClass()));
        }
        return ranks;
    }
}
