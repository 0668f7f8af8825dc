package io.labelworth.bench.labeler;

import io.labelworth.labeler.Expert;
import io.labelworth.labeler.Experts;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Networks that cost nothing: their logits are prepared, and the same for image n of every batch.
 * Everything around them is the labeler's own.
 */
final class FreeExperts implements Experts {

    /** Enough that no two labels of a batch are the same for most batches. */
    private static final int PREPARED = 1024;

    private static final int RANGE = 20;

    @Override
    public long bytesBefore(ExpertCheckpoint checkpoint) {
        return 0;
    }

    @Override
    public Expert load(ExpertCheckpoint checkpoint, ComputeDevice device) {
        int classes = classes(checkpoint);
        return new Expert(
                checkpoint,
                LabelCodecs.of(
                        checkpoint.getCodec().getName(), checkpoint.getCodec().getParameters()),
                BenchImages.SIDE * BenchImages.SIDE,
                classes,
                0,
                prepared(classes),
                () -> {});
    }

    private static int classes(ExpertCheckpoint checkpoint) {
        return Integer.parseInt(checkpoint.getArchitecture().getParameters().get("classes"));
    }

    private static Function<List<byte[]>, float[][]> prepared(int classes) {
        Random random = new Random(1);
        float[][] logits = new float[PREPARED][classes];
        for (float[] row : logits) {
            for (int i = 0; i < classes; i++) {
                row[i] = RANGE * (random.nextFloat() - 0.5f);
            }
        }
        return images -> rows(logits, images.size());
    }

    private static float[][] rows(float[][] logits, int images) {
        float[][] rows = Arrays.copyOf(logits, images);
        for (int i = logits.length; i < images; i++) {
            rows[i] = logits[i % logits.length];
        }
        return rows;
    }

    /** What their checkpoints are announced as; the labeler gets other networks. */
    static Architecture architecture(int classes) {
        return BenchExpert.network(1, 1, classes);
    }
}
