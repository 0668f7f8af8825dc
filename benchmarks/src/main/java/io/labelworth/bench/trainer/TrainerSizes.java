package io.labelworth.bench.trainer;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param repetitions of each side
 * @param warmUp what is discarded at the start of each repetition
 * @param window what is measured of each repetition, at least
 * @param classes classes of the set that is assembled
 * @param imagesPerClass its budget
 */
public record TrainerSizes(
        int repetitions, Duration warmUp, Duration window, int classes, int imagesPerClass) {

    /** Enough to judge by. */
    public static final TrainerSizes FULL =
            new TrainerSizes(5, Duration.ofSeconds(4), Duration.ofSeconds(5), 1000, 200);

    /** Enough to see that everything runs. */
    public static final TrainerSizes QUICK =
            new TrainerSizes(2, Duration.ofMillis(500), Duration.ofSeconds(1), 100, 20);

    /** Images of a step, of experts and of students with as many images. */
    public static final int BATCH = 256;
}
