package io.labelworth.learning.run;

import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.random.Seeds;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which images of the pool a run trains on, by rank in their class. Under one seed a smaller budget
 * takes a part of what a larger one takes, so that curves over the budget compare like with like.
 */
public sealed interface Selection permits Drawn, ByDifficulty, Listed {

    /** Name in specs and experiments, for example decile. */
    String name();

    /** Parameters by name, as text; {@link Selections#of} takes them back. */
    Map<String, String> parameters();

    /** Labelling whose labels must be there to select; empty where none is asked. */
    Optional<String> labelling();

    /**
     * How many ranks of each class, from 0 on, must be on the log before images can be selected.
     */
    int ranksNeeded(RunSpec spec);

    /**
     * Ranks that may be selected, as far as it is known without labels.
     *
     * @param imageIds id of the image of each rank of the class
     */
    IntStream candidates(RunSpec spec, int imageClass, IntFunction<String> imageIds);

    /**
     * Ranks selected, in training order, without regard to treatments.
     *
     * @throws IllegalArgumentException when the pool does not have them
     */
    int[] selected(RunSpec spec, int imageClass, ClassPool pool);

    /**
     * Checks a budget.
     *
     * @throws IllegalArgumentException when no pool of that size can have it
     */
    default void requirePossible(int imagesPerClass, int pool) {}

    /**
     * Checks a budget for a dataset.
     *
     * @throws IllegalArgumentException when it is not for that many classes
     */
    default void requireClasses(int imagesPerClass, int classes) {}

    /** Ranks of the images of a class in training order; none of a class that is removed. */
    static int[] ranks(RunSpec spec, int imageClass, ClassPool pool) {
        return TreatmentChain.keeps(spec.treatments(), imageClass)
                ? spec.selection().selected(spec, imageClass, pool)
                : new int[0];
    }

    /** The pool's ranks in the order that the subset seed gives them; as they are for seed 0. */
    static int[] order(RunSpec spec, int imageClass) {
        return order(spec.subsetSeed(), spec.pool(), imageClass);
    }

    /** A pool's ranks in the order that a subset seed gives them; as they are for seed 0. */
    static int[] order(long subsetSeed, int pool, int imageClass) {
        return subsetSeed == 0
                ? IntStream.range(0, pool).toArray()
                : Seeds.permutation(pool, Seeds.stream(subsetSeed, "subset/class/" + imageClass));
    }
}
