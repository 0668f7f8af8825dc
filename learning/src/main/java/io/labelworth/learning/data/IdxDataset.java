package io.labelworth.learning.data;

import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A dataset in the four files of MNIST's layout. */
final class IdxDataset implements Dataset {

    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private final DatasetInfo info;
    private final Path folder;
    private final IdxFile trainImages;
    private final byte[] trainLabels;
    private final ClassRanking ranking;
    private final Split train;
    private final Split validation;
    private final Split test;

    IdxDataset(DatasetInfo info, Path folder) {
        this.info = info;
        this.folder = folder;
        trainImages = images(folder.resolve(TRAIN_IMAGES));
        trainLabels = labels(folder.resolve(TRAIN_LABELS), trainImages.items());
        IdxFile testImages = images(folder.resolve(TEST_IMAGES));
        byte[] testLabels = labels(folder.resolve(TEST_LABELS), testImages.items());
        ranking = new ClassRanking(info, trainLabels);
        train = new IdxSplit(trainImages, trainLabels, ranking.train());
        validation = new IdxSplit(trainImages, trainLabels, ranking.validation());
        int[] all = new int[testLabels.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        test = new IdxSplit(testImages, testLabels, all);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    @Override
    public Split train() {
        return train;
    }

    @Override
    public Split validation() {
        return validation;
    }

    @Override
    public Split test() {
        return test;
    }

    @Override
    public int largestPool() {
        return ranking.largestPool();
    }

    @Override
    public List<Candidate> candidates(int pool) {
        if (pool < 1 || pool > largestPool()) {
            throw new DatasetException(
                    String.format(
                            "%s cannot give a pool of %d images per class; choose 1 to %d",
                            info.name(), pool, largestPool()));
        }
        List<Candidate> candidates = new ArrayList<>(pool * info.classes());
        for (int rank = 0; rank < pool; rank++) {
            for (int c = 0; c < info.classes(); c++) {
                candidates.add(candidate(c, rank));
            }
        }
        return candidates;
    }

    @Override
    public Candidate candidate(int imageClass, int rank) {
        if (imageClass < 0
                || imageClass >= info.classes()
                || rank < 0
                || rank >= ranking.ranked(imageClass)) {
            throw new DatasetException(
                    String.format(
                            "%s has no training image of class %d and rank %d",
                            info.name(), imageClass, rank));
        }
        int position = ranking.position(imageClass, rank);
        byte[] pixels = new byte[info.imageBytes()];
        trainImages.copy(position, pixels, 0);
        return new Candidate(
                String.format("train-%05d", position),
                info.name() + "/" + TRAIN_IMAGES + "#" + position,
                Sha256.of(pixels),
                imageClass,
                rank);
    }

    private IdxFile images(Path file) {
        IdxFile images = open(file, 3);
        if (images.itemBytes() != info.imageBytes()) {
            throw new DatasetException(
                    String.format(
                            "%s holds images of %d bytes where %s has %d; delete it and fetch again",
                            file, images.itemBytes(), info.name(), info.imageBytes()));
        }
        return images;
    }

    private byte[] labels(Path file, int expected) {
        IdxFile idx = open(file, 1);
        if (idx.items() != expected) {
            throw new DatasetException(
                    String.format(
                            "%s holds %d labels for %d images; delete it and fetch again",
                            file, idx.items(), expected));
        }
        byte[] labels = new byte[expected];
        for (int i = 0; i < expected; i++) {
            idx.copy(i, labels, i);
            if (labels[i] < 0 || labels[i] >= info.classes()) {
                throw new DatasetException(
                        String.format(
                                "%s holds class %d where %s has %d classes; delete it and fetch"
                                        + " again",
                                file, labels[i], info.name(), info.classes()));
            }
        }
        return labels;
    }

    private static IdxFile open(Path file, int dimensions) {
        try {
            return IdxFile.open(file, dimensions);
        } catch (IOException e) {
            throw new DatasetException("cannot read " + file + "; check that it is there", e);
        } catch (IdxFile.IdxFormatException e) {
            throw new DatasetException(
                    file + ": " + e.getMessage() + "; delete it and fetch again", e);
        }
    }

    /** Images at chosen positions of a file. */
    private record IdxSplit(IdxFile images, byte[] labels, int[] positions) implements Split {

        @Override
        public int size() {
            return positions.length;
        }

        @Override
        public int imageClass(int i) {
            return labels[positions[i]];
        }

        @Override
        public void pixels(int i, byte[] into, int offset) {
            images.copy(positions[i], into, offset);
        }
    }
}
