package io.labelworth.labeler.announce;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.random.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Images of noise, of any size and number of classes: an expert of theirs need only answer. */
record NoiseDataset(DatasetInfo info, int images) implements Dataset {

    /** Images as PyTorch's ConvNet in learning's test resources takes them. */
    static NoiseDataset like(int channels, int side, int classes) {
        return new NoiseDataset(
                new DatasetInfo(
                        "noise",
                        "noise-1",
                        classes,
                        channels,
                        side,
                        side,
                        List.of(0.2861f, 0.4f, 0.6f).subList(0, channels),
                        List.of(0.3530f, 0.25f, 0.3f).subList(0, channels)),
                300);
    }

    @Override
    public Split train() {
        return split(10 * images);
    }

    @Override
    public Split validation() {
        return split(images);
    }

    @Override
    public Split test() {
        return split(images);
    }

    @Override
    public int largestPool() {
        return 1;
    }

    @Override
    public List<Candidate> candidates(int pool) {
        return IntStream.range(0, pool * info.classes())
                .mapToObj(i -> candidate(i % info.classes(), i / info.classes()))
                .toList();
    }

    /** Made by their names alone: nobody reads them. */
    @Override
    public Candidate candidate(int imageClass, int rank) {
        String id = String.format("noise-%05d", rank * info.classes() + imageClass);
        return new Candidate(id, "noise/none#0", "0".repeat(64), imageClass, rank);
    }

    private Split split(int size) {
        return new Split() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public int imageClass(int i) {
                return i % info.classes();
            }

            @Override
            public void pixels(int i, byte[] into, int offset) {
                UniformRandomProvider random = Seeds.stream(i, "noise");
                random.nextBytes(into, offset, info.imageBytes());
            }
        };
    }
}
