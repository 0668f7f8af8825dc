package io.labelworth.bench.trainer;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.random.Seeds;
import io.labelworth.learning.training.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Random grey images in memory, as many as Fashion-MNIST has: training takes as long on them. */
final class RandomDataset implements Dataset {

    static final int SIDE = 28;
    static final int CLASSES = 10;
    static final int TRAIN = 60_000;

    private static final DatasetInfo INFO =
            new DatasetInfo(
                    "bench", "bench-1", CLASSES, 1, SIDE, SIDE, List.of(0.5f), List.of(0.29f));

    private final Split train = new RandomSplit(TRAIN);

    /** What is saved of an expert on the way must cost nothing. */
    private final Split one = new RandomSplit(1);

    @Override
    public DatasetInfo info() {
        return INFO;
    }

    @Override
    public Split train() {
        return train;
    }

    @Override
    public Split validation() {
        return one;
    }

    @Override
    public Split test() {
        return one;
    }

    @Override
    public int largestPool() {
        return TRAIN / CLASSES;
    }

    @Override
    public List<Candidate> candidates(int pool) {
        throw new UnsupportedOperationException("nothing is ingested");
    }

    @Override
    public Candidate candidate(int imageClass, int rank) {
        throw new UnsupportedOperationException("nothing is ingested");
    }

    /** So many of its images, with soft labels. */
    TrainingSet set(int images) {
        List<byte[]> pixels = new ArrayList<>();
        float[][] targets = new float[images][CLASSES];
        for (int i = 0; i < images; i++) {
            byte[] image = new byte[INFO.imageBytes()];
            train.pixels(i, image, 0);
            pixels.add(image);
            for (int c = 0; c < CLASSES; c++) {
                targets[i][c] = c == train.imageClass(i) ? 0.55f : 0.05f;
            }
        }
        return new TrainingSet(pixels, targets);
    }

    private static final class RandomSplit implements Split {

        private final byte[] pixels;

        RandomSplit(int images) {
            pixels = new byte[images * SIDE * SIDE];
            UniformRandomProvider random = Seeds.stream(1, "bench/images");
            random.nextBytes(pixels);
        }

        @Override
        public int size() {
            return pixels.length / (SIDE * SIDE);
        }

        @Override
        public int imageClass(int i) {
            return i % CLASSES;
        }

        @Override
        public void pixels(int i, byte[] into, int offset) {
            System.arraycopy(pixels, i * SIDE * SIDE, into, offset, SIDE * SIDE);
        }
    }
}
