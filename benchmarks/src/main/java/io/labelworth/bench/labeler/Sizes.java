package io.labelworth.bench.labeler;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param repetitions of each side
 * @param batch images of a forward pass
 * @param warmUp what is discarded at the start of each repetition
 * @param window what is measured of each repetition, at least
 * @param labelerWarmUp the same of a labeler, most of which is Java that is compiled as it runs
 * @param transportImages references to start with there
 * @param checkpoints checkpoints that the memory measurement labels with
 * @param images images that each of them labels
 */
public record Sizes(
        int repetitions,
        int batch,
        Duration warmUp,
        Duration window,
        Duration labelerWarmUp,
        int transportImages,
        int checkpoints,
        int images) {

    /** Enough to judge by. */
    public static final Sizes FULL =
            new Sizes(
                    5,
                    256,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(12),
                    1_500_000,
                    10,
                    60_000);

    /** Enough to see that everything runs. */
    public static final Sizes QUICK =
            new Sizes(
                    2,
                    256,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    300_000,
                    3,
                    5_000);
}
