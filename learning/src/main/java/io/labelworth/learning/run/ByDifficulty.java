package io.labelworth.learning.run;

import io.labelworth.learning.random.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Images by how hard an expert finds them: each class's pool is ordered by cross-entropy, of equal
 * ones by rank, and cut into tenths. Taken are images of one tenth, or of all in turn (stratified),
 * the tenths in an order drawn for each class, so that small budgets are not all of easy images.
 * Within a tenth the subset seed decides, as it does for {@link Drawn}.
 *
 * @param expert labelling that says how hard
 * @param decile 1, the easiest tenth, to 10; 0 for all in turn
 */
public record ByDifficulty(String expert, int decile) implements Selection {

    static final String DECILE = "decile";
    static final String STRATIFIED = "stratified";
    static final String LABELLING = "labelling";

    private static final int DECILES = 10;

    /** Checks the range. */
    public ByDifficulty {
        Numbers.within(DECILE, decile, 0, DECILES);
    }

    @Override
    public String name() {
        return decile == 0 ? STRATIFIED : DECILE;
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>(Map.of(LABELLING, expert));
        if (decile > 0) {
            parameters.put(DECILE, Integer.toString(decile));
        }
        return parameters;
    }

    @Override
    public Optional<String> labelling() {
        return Optional.of(expert);
    }

    @Override
    public int ranksNeeded(RunSpec spec) {
        return spec.pool();
    }

    @Override
    public IntStream candidates(RunSpec spec, int imageClass, IntFunction<String> imageIds) {
        return IntStream.range(0, spec.pool());
    }

    @Override
    public void requirePossible(int imagesPerClass, int pool) {
        long images = IntStream.range(0, pool).filter(i -> decileOf(i, pool) == decile).count();
        if (decile > 0 && images < imagesPerClass) {
            throw new IllegalArgumentException(
                    String.format(
                            "decile %d of %d images per class has %d, not the budget's %d; widen"
                                    + " the pool",
                            decile, pool, images, imagesPerClass));
        }
    }

    @Override
    public int[] selected(RunSpec spec, int imageClass, ClassPool pool) {
        List<Queue<Integer>> turns = new ArrayList<>();
        int[][] deciles = deciles(spec, imageClass, pool);
        for (int i : turns(spec, imageClass)) {
            Queue<Integer> ranks = new ArrayDeque<>();
            Arrays.stream(deciles[i - 1]).forEach(ranks::add);
            turns.add(ranks);
        }
        int[] selected = new int[spec.imagesPerClass()];
        int filled = 0;
        while (filled < selected.length) {
            for (Queue<Integer> ranks : turns) {
                if (filled < selected.length && !ranks.isEmpty()) {
                    selected[filled++] = ranks.remove();
                }
            }
        }
        return selected;
    }

    private int[] turns(RunSpec spec, int imageClass) {
        if (decile > 0) {
            return new int[] {decile};
        }
        String purpose = "subset/class/" + imageClass + "/deciles";
        int[] turns = Seeds.permutation(DECILES, Seeds.stream(spec.subsetSeed(), purpose));
        return Arrays.stream(turns).map(turn -> turn + 1).toArray();
    }

    /** Ranks of each tenth, each in the order that the subset seed gives them. */
    private static int[][] deciles(RunSpec spec, int imageClass, ClassPool pool) {
        int size = spec.pool();
        double[] difficulties = IntStream.range(0, size).mapToDouble(pool::difficulty).toArray();
        int[] byDifficulty =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingDouble(rank -> difficulties[rank]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] decileOfRank = new int[size];
        for (int i = 0; i < size; i++) {
            decileOfRank[byDifficulty[i]] = decileOf(i, size);
        }
        int[] order = Selection.order(spec, imageClass);
        return IntStream.rangeClosed(1, DECILES)
                .mapToObj(d -> Arrays.stream(order).filter(r -> decileOfRank[r] == d).toArray())
                .toArray(int[][]::new);
    }

    private static int decileOf(int place, int pool) {
        return (int) ((long) place * DECILES / pool) + 1;
    }
}
