package io.labelworth.learning.agreement;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How large the study is. A result is kept under a name that says the settings it came from, so a
 * study that was stopped, or is to have more seeds, goes on where it was.
 *
 * @param directory where results, expert and report are kept
 * @param imagesPerClass budgets
 * @param seeds students of each cell, each with images of its own, seeded 1 and up
 * @param pilots students that each expert checkpoint is tried with, on validation images
 * @param width channels of expert and student
 * @param epochs passes of a student over its set
 * @param expertEpochs passes of the expert over the training split
 * @param pool images per class that a set is drawn from
 * @param parallel students trained side by side, one thread each
 */
record StudySettings(
        Path directory,
        List<Integer> imagesPerClass,
        int seeds,
        int pilots,
        int width,
        int epochs,
        int expertEpochs,
        int pool,
        int parallel) {

    static final int DEPTH = 3;
    static final int BATCH = 256;

    /** The full size, as far as system properties do not say otherwise. */
    static StudySettings fromProperties() {
        return new StudySettings(
                Path.of(System.getProperty("agreement.directory", "target/agreement")),
                Arrays.stream(System.getProperty("agreement.imagesPerClass", "1,10").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                Integer.getInteger("agreement.seeds", 5),
                Integer.getInteger("agreement.pilots", 2),
                Integer.getInteger("agreement.width", 128),
                Integer.getInteger("agreement.epochs", 300),
                Integer.getInteger("agreement.expertEpochs", 4),
                Integer.getInteger("agreement.pool", 200),
                Integer.getInteger("agreement.parallel", 2));
    }

    /** Steps of a student on a set of {@code images}. */
    int steps(int images) {
        return epochs * ((images + BATCH - 1) / BATCH);
    }
}
