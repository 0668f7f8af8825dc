package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.ByteBuffer;
import java.util.List;

/** One labelling's labels, decoded, treated, and turned into probabilities at temperature 1. */
final class FixedSoftLabels implements LabelSource {

    private final ViewSnapshot view;
    private final String labellingId;
    private final List<LabelTreatment> treatments;
    private final int classes;
    private String checkpointId;

    FixedSoftLabels(
            ViewSnapshot view, String labellingId, List<LabelTreatment> treatments, int classes) {
        this.view = view;
        this.labellingId = labellingId;
        this.treatments = treatments;
        this.classes = classes;
    }

    @Override
    public Label label(ImageRef image, LabelDigest digest) {
        SoftLabel label =
                view.label(labellingId, image)
                        .orElseThrow(
                                () ->
                                        new RunFailedException(
                                                "image "
                                                        + image.getImageId()
                                                        + " has no label of labelling "
                                                        + labellingId));
        checkpointId = label.getCheckpointId();
        byte[] payload = bytes(label.getLogits());
        try {
            LabelCodec codec =
                    LabelCodecs.of(label.getCodec().getName(), label.getCodec().getParameters());
            requireTreatable(codec);
            digest.add(image.getImageId(), image.getImageClass(), codec.text(), payload);
            float[] logits = codec.decode(payload, classes);
            return new Label(SoftLabels.target(logits, treatments), payload.length);
        } catch (LabelException e) {
            throw new RunFailedException(
                    "the label of image " + image.getImageId() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String checkpointId() {
        return checkpointId;
    }

    private void requireTreatable(LabelCodec codec) {
        for (LabelTreatment treatment : treatments) {
            if (treatment.needsWholeVector() && !codec.wholeVector()) {
                throw new RunFailedException(
                        String.format(
                                "treatment %s needs every logit, and labelling %s is stored as %s;"
                                        + " take a labelling stored as fp16, or no such treatment",
                                treatment.name(), labellingId, codec.text()));
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
