package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.schemas.event.ImageRef;

/** The images' own classes. A class index is stored in a byte up to 256 classes, in two above. */
final class HardLabels implements LabelSource {

    private static final int CLASSES_OF_A_BYTE = 256;

    private final int classes;

    HardLabels(int classes) {
        this.classes = classes;
    }

    @Override
    public Label label(ImageRef image, LabelDigest digest) {
        digest.addHard(image.getImageId(), image.getImageClass());
        int bytes = classes <= CLASSES_OF_A_BYTE ? 1 : 2;
        return new Label(SoftLabels.oneHot(image.getImageClass(), classes), bytes);
    }

    @Override
    public String checkpointId() {
        return null;
    }
}
