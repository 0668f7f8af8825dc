package io.labelworth.learning.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An opened dataset, its files checked. Safe to share between threads. */
public interface Dataset {

    /** What the dataset is. */
    DatasetInfo info();

    /** Where its files are; what follows from them may be kept there too. Empty without files. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /** Training images, those held out for validation excluded, in the order of the files. */
    Split train();

    /**
     * Validation images: a tenth of each class of the published training set, held out. Classes
     * take turns, so that the first n images are balanced.
     */
    Split validation();

    /** The published test images, in the order of the file. */
    Split test();

    /** Largest pool that every class can fill. */
    int largestPool();

    /**
     * The images of rank below {@code pool} of every class, ordered by rank, then class.
     *
     * @throws DatasetException when a class has fewer training images than {@code pool}
     */
    List<Candidate> candidates(int pool);

    /**
     * The image of one rank of one class.
     *
     * @throws DatasetException when there is no such class, or it has no training image of that
     *     rank
     */
    Candidate candidate(int imageClass, int rank);
}
