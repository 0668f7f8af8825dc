package io.labelworth.labeler;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.List;
import java.util.function.Function;

/**
 * A checkpoint that is ready to label.
 *
 * @param checkpoint its announcement
 * @param codec how its logits are stored
 * @param imageBytes raw bytes of an image it takes
 * @param classes logits of an image
 * @param bytes memory that the network takes while it labels
 * @param logits one row of logits per image, of raw pixels channel by channel
 * @param memory what holds the network; closed with the expert
 */
public record Expert(
        ExpertCheckpoint checkpoint,
        LabelCodec codec,
        int imageBytes,
        int classes,
        long bytes,
        Function<List<byte[]>, float[][]> logits,
        Runnable memory)
        implements AutoCloseable {

    @Override
    public void close() {
        memory.run();
    }
}
