package io.labelworth.learning.whitening;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import java.util.List;

/** A dataset of given training images and no others. */
record ByteImages(DatasetInfo info, List<byte[]> images) implements Dataset {

    @Override
    public Split train() {
        return split(images);
    }

    @Override
    public Split validation() {
        return split(List.of());
    }

    @Override
    public Split test() {
        return split(List.of());
    }

    @Override
    public int largestPool() {
        return 0;
    }

    @Override
    public List<Candidate> candidates(int pool) {
        return List.of();
    }

    @Override
    public Candidate candidate(int imageClass, int rank) {
        throw new UnsupportedOperationException("no candidates here");
    }

    private static Split split(List<byte[]> images) {
        return new Split() {
            @Override
            public int size() {
                return images.size();
            }

            @Override
            public int imageClass(int i) {
                return 0;
            }

            @Override
            public void pixels(int i, byte[] into, int offset) {
                System.arraycopy(images.get(i), 0, into, offset, images.get(i).length);
            }
        };
    }
}
