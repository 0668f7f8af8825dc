package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A label as the view holds it.
 *
 * @param checkpointId checkpoint that made it
 * @param codec how it is stored
 * @param payload the stored logits
 */
record StoredLabel(String checkpointId, LabelCodec codec, byte[] payload) {

    /**
     * The label that a labelling gives an image, or a view of it.
     *
     * @param number of the view; empty for the image itself
     * @throws RunFailedException when there is none
     * @throws io.labelworth.learning.label.LabelException when its codec is unknown
     */
    static StoredLabel find(
            ViewSnapshot view, String labelling, ImageRef image, OptionalInt number) {
        Optional<SoftLabel> found =
                number.isPresent()
                        ? view.label(labelling, image, number.getAsInt())
                        : view.label(labelling, image);
        SoftLabel label =
                found.orElseThrow(
                        () ->
                                new RunFailedException(
                                        String.format(
                                                "image %s has no label%s of labelling %s%s",
                                                image.getImageId(),
                                                number.isPresent()
                                                        ? " of view " + number.getAsInt()
                                                        : "",
                                                labelling,
                                                otherwise(view, labelling, image, number))));
        return new StoredLabel(
                label.getCheckpointId(),
                LabelCodecs.of(label.getCodec().getName(), label.getCodec().getParameters()),
                bytes(label.getLogits()));
    }

    /** That the labelling is of the other kind; nothing where it has no label of it at all. */
    private static String otherwise(
            ViewSnapshot view, String labelling, ImageRef image, OptionalInt number) {
        if (number.isEmpty() && view.label(labelling, image, 0).isPresent()) {
            return ", which labels views: its runs are of regime " + RunSpec.MULTI_VIEW;
        }
        if (number.isPresent() && view.label(labelling, image).isPresent()) {
            return ", which labels images: its runs are of regime " + RunSpec.FIXED_SOFT;
        }
        return "";
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
