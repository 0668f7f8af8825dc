package io.labelworth.labeler;

import io.labelworth.learning.network.DeviceMemoryException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network over a batch, in one go or, where memory is short, in halves. Used by one thread. */
final class Forward {

    private static final Logger log = LoggerFactory.getLogger(Forward.class);

    private final Expert expert;
    private int most;

    /**
     * @param most images of one forward pass
     */
    Forward(Expert expert, int most) {
        this.expert = expert;
        this.most = most;
    }

    /**
     * Logits, one row per image.
     *
     * @throws CheckpointRefusedException when the network fails twice, or has no memory for one
     *     image
     */
    float[][] logits(List<ImageInput> images) throws CheckpointRefusedException {
        List<float[]> rows = new ArrayList<>(images.size());
        while (rows.size() < images.size()) {
            int left = images.size() - rows.size();
            // Passes of the same size: 300 images by at most 256 are 150 and 150.
            int passes = (left + most - 1) / most;
            int count = (left + passes - 1) / passes;
            float[][] some = pass(images.subList(rows.size(), rows.size() + count));
            rows.addAll(List.of(some));
        }
        return rows.toArray(float[][]::new);
    }

    /** Logits of the images, or of none when there was no memory for so many. */
    private float[][] pass(List<ImageInput> images) throws CheckpointRefusedException {
        try {
            return expert.logits().apply(images);
        } catch (DeviceMemoryException e) {
            if (images.size() == 1) {
                throw new CheckpointRefusedException("out-of-memory", e);
            }
            most = images.size() / 2;
            log.warn(
                    "no memory for {} images at once, going on with {} checkpoint={}",
                    images.size(),
                    most,
                    expert.checkpoint().getCheckpointId());
            return new float[0][];
        } catch (RuntimeException e) {
            return secondPass(images, e);
        }
    }

    private float[][] secondPass(List<ImageInput> images, RuntimeException first)
            throws CheckpointRefusedException {
        // A device may fail for a moment; condemning a checkpoint is for good.
        log.warn(
                "inference failed, trying once more checkpoint={}: {}",
                expert.checkpoint().getCheckpointId(),
                first.toString());
        try {
            return expert.logits().apply(images);
        } catch (RuntimeException e) {
            throw new CheckpointRefusedException("inference-failed", e);
        }
    }
}
