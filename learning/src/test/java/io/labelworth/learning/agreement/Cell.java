package io.labelworth.learning.agreement;

import java.util.Locale;

/**
 * One student.
 *
 * @param side who trains it
 * @param imagesPerClass its budget
 * @param kind its labels
 * @param expertStep checkpoint that gave them; 0 for hard labels
 * @param seed its images, and what its training draws
 */
record Cell(Side side, int imagesPerClass, LabelKind kind, int expertStep, long seed) {

    /** Who trains. */
    enum Side {
        OURS,
        PYTORCH
    }

    /** For files and progress. */
    String name(StudySettings settings) {
        return String.format(
                Locale.ROOT,
                "%s-width%d-epochs%d-ipc%d-%s-expert%d-seed%d",
                side.name().toLowerCase(Locale.ROOT),
                settings.width(),
                settings.epochs(),
                imagesPerClass,
                kind.text(),
                expertStep,
                seed);
    }
}
