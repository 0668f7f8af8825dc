package io.labelworth.learning.agreement;

import io.labelworth.learning.training.TrainingSet;
import java.util.List;

/**
 * A distilled set as both sides are given it.
 *
 * @param pixels raw pixels, unsigned bytes, channel by channel, one array per image
 * @param targets per image, one value per class
 */
record StudySet(List<byte[]> pixels, float[][] targets) {

    /** As a student of ours sees it. */
    TrainingSet training() {
        return new TrainingSet(pixels, targets);
    }
}
