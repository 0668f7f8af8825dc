package io.labelworth.learning.run;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The first ranks under subset seed 0, else drawn from the pool without replacement. */
public record Drawn() implements Selection {

    static final String NAME = "drawn";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    public Optional<String> labelling() {
        return Optional.empty();
    }

    @Override
    public int ranksNeeded(RunSpec spec) {
        return spec.subsetSeed() == 0 ? spec.imagesPerClass() : spec.pool();
    }

    @Override
    public IntStream candidates(RunSpec spec, int imageClass, IntFunction<String> imageIds) {
        return Arrays.stream(drawn(spec, imageClass));
    }

    @Override
    public int[] selected(RunSpec spec, int imageClass, ClassPool pool) {
        return drawn(spec, imageClass);
    }

    private static int[] drawn(RunSpec spec, int imageClass) {
        return Arrays.copyOf(Selection.order(spec, imageClass), spec.imagesPerClass());
    }
}
