package io.labelworth.learning.training;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * After which steps an expert is saved: at 1/8, 1/4, 1/2 and 1 epoch, then at every doubling, and
 * at the end. Early ones are dense because small budgets want early experts.
 */
public final class CheckpointSchedule {

    private static final int FIRST_FRACTION = 8;

    private CheckpointSchedule() {}

    /**
     * Steps after which to save, ascending; at least the last one.
     *
     * @param stepsPerEpoch 1 or more
     * @param epochs 1 or more
     */
    public static List<Integer> steps(int stepsPerEpoch, int epochs) {
        long last = (long) stepsPerEpoch * epochs;
        SortedSet<Integer> steps = new TreeSet<>();
        for (long eighths = 1; eighths * stepsPerEpoch <= last * FIRST_FRACTION; eighths *= 2) {
            long step = Math.max(1, Math.round((double) eighths * stepsPerEpoch / FIRST_FRACTION));
            steps.add((int) step);
        }
        steps.add((int) last);
        return List.copyOf(steps);
    }
}
