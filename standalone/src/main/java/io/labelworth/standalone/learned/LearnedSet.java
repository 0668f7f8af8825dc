package io.labelworth.standalone.learned;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.run.Selection;
import java.util.ArrayList;
import java.util.List;

/**
 * The images whose labels are learned: those that a run of the same budget, pool and subset seed
 * trains on.
 *
 * @param imagesPerClass 1 to {@code pool}
 * @param pool candidate images per class that they are drawn from
 * @param subsetSeed which of them; 0 for the first ranks
 */
public record LearnedSet(int imagesPerClass, int pool, long subsetSeed) {

    /** Checks the sizes. */
    public LearnedSet {
        if (imagesPerClass < 1 || imagesPerClass > pool) {
            throw new IllegalArgumentException(
                    String.format(
                            "%d images per class cannot be drawn from a pool of %d",
                            imagesPerClass, pool));
        }
    }

    /** The images, class by class. */
    List<Candidate> images(Dataset dataset) {
        List<Candidate> images = new ArrayList<>();
        for (int imageClass = 0; imageClass < dataset.info().classes(); imageClass++) {
            int[] ranks = Selection.order(subsetSeed, pool, imageClass);
            for (int i = 0; i < imagesPerClass; i++) {
                images.add(dataset.candidate(imageClass, ranks[i]));
            }
        }
        return images;
    }

    /**
     * Their raw pixels.
     *
     * @throws ImageException when a file of the dataset is not what it was
     */
    static List<byte[]> pixels(List<Candidate> images, Dataset dataset, ImageStore store)
            throws ImageException {
        List<byte[]> pixels = new ArrayList<>();
        for (Candidate image : images) {
            pixels.add(store.read(image.uri(), image.sha256(), dataset.info().imageBytes()));
        }
        return pixels;
    }
}
