package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.ByteBuffer;

/**
 * A label as the view holds it.
 *
 * @param checkpointId checkpoint that made it
 * @param codec how it is stored
 * @param payload the stored logits
 */
record StoredLabel(String checkpointId, LabelCodec codec, byte[] payload) {

    /**
     * The label that a labelling gives an image.
     *
     * @throws RunFailedException when there is none
     * @throws io.labelworth.learning.label.LabelException when its codec is unknown
     */
    static StoredLabel find(ViewSnapshot view, String labelling, ImageRef image) {
        SoftLabel label =
                view.label(labelling, image)
                        .orElseThrow(
                                () ->
                                        new RunFailedException(
                                                "image "
                                                        + image.getImageId()
                                                        + " has no label of labelling "
                                                        + labelling));
        return new StoredLabel(
                label.getCheckpointId(),
                LabelCodecs.of(label.getCodec().getName(), label.getCodec().getParameters()),
                bytes(label.getLogits()));
    }

    /**
     * The logits.
     *
     * @throws io.labelworth.learning.label.LabelException when they are not of so many classes
     */
    float[] logits(int classes) {
        return codec.decode(payload, classes);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
