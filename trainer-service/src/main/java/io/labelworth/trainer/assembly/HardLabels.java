package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.LabelledImage;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.schemas.event.ImageRef;

/**
 * The images' own classes, treated. A class index is stored in a byte up to 256 classes, in two
 * above.
 */
final class HardLabels implements LabelSource {

    private static final int CLASSES_OF_A_BYTE = 256;

    private final TreatmentChain treatments;
    private final int classes;

    HardLabels(TreatmentChain treatments, int classes) {
        this.treatments = treatments;
        this.classes = classes;
    }

    @Override
    public Label label(ImageRef image, LabelDigest digest) {
        digest.addHard(image.getImageId(), image.getImageClass());
        int bytes = classes <= CLASSES_OF_A_BYTE ? 1 : 2;
        LabelledImage labelled = new LabelledImage(image.getImageId(), image.getImageClass());
        return new Label(treatments.ofClass(labelled), bytes);
    }

    @Override
    public String checkpointId() {
        return null;
    }
}
