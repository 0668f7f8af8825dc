package io.labelworth.labeler.announce;

import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.CodecError;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelSummary;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.PrecisionLoss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How good an expert's labels are on held-out images; of a label table, on the table's own.
 *
 * @param images images it was tried on
 * @param accuracy share of images whose largest logit is their class, 0 to 1
 * @param entropy mean entropy in nats of softmax(logits)
 * @param codecError what storing does to its labels
 * @param precisionLoss what bf16 does to its labels, against fp32; empty for fp32, and where the
 *     device does not compute in bf16
 */
public record ExpertTrial(
        int images,
        double accuracy,
        double entropy,
        CodecError.Measured codecError,
        Optional<PrecisionLoss> precisionLoss) {

    private static final int BATCH = 256;
    private static final int MOST_COMPARED = 512;

    /**
     * Tries an expert on the first images of a split; one that is to label in bf16 in fp32 where
     * the device has no bf16.
     *
     * @param most images to try it on, 1 or more
     * @throws ModelException when it does not fit its description, or a logit is not finite
     * @throws io.labelworth.learning.label.LabelException when the codec cannot hold its logits
     */
    static ExpertTrial of(
            Path file,
            String sha256,
            LabelIdentity identity,
            ComputeDevice device,
            Split split,
            int most) {
        int images = Math.min(most, split.size());
        ExpertModel.Description exact = inFp32(identity.description());
        boolean reduced = !identity.description().equals(exact) && device.hasBf16();
        try (ExpertModel model =
                ExpertModel.load(file, sha256, reduced ? identity.description() : exact, device)) {
            Optional<PrecisionLoss> loss = Optional.empty();
            if (reduced) {
                try (ExpertModel reference = ExpertModel.load(file, sha256, exact, device)) {
                    int compared = Math.min(images, MOST_COMPARED);
                    List<byte[]> pixels = pixels(split, 0, compared, model.imageBytes());
                    loss = Optional.of(PrecisionLoss.of(reference, model, pixels));
                }
            }
            Tally tally = new Tally(identity.codec());
            for (int first = 0; first < images; first += BATCH) {
                int count = Math.min(BATCH, images - first);
                float[][] logits = model.logits(pixels(split, first, count, model.imageBytes()));
                for (int i = 0; i < count; i++) {
                    tally.add(logits[i], split.imageClass(first + i));
                }
            }
            return tally.trial(loss);
        }
    }

    private static ExpertModel.Description inFp32(ExpertModel.Description description) {
        return new ExpertModel.Description(
                description.format(),
                description.architecture(),
                description.preprocessing(),
                Precision.FP32);
    }

    private static List<byte[]> pixels(Split split, int first, int count, int imageBytes) {
        List<byte[]> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[imageBytes];
            split.pixels(first + i, pixels, 0);
            images.add(pixels);
        }
        return images;
    }

    /** Sums over the images so far. */
    static final class Tally {

        private final CodecError codecError;
        private int images;
        private int right;
        private double entropy;

        Tally(LabelCodec codec) {
            codecError = new CodecError(codec);
        }

        void add(float[] logits, int imageClass) {
            LabelSummary summary = LabelSummary.of(logits);
            if (!summary.finite()) {
                throw new ModelException(
                        "not all of its logits are finite numbers; it is no usable expert");
            }
            codecError.add(logits);
            right += summary.argMax() == imageClass ? 1 : 0;
            entropy += summary.entropy();
            images++;
        }

        ExpertTrial trial(Optional<PrecisionLoss> loss) {
            return new ExpertTrial(
                    images, (double) right / images, entropy / images, codecError.measured(), loss);
        }
    }
}
