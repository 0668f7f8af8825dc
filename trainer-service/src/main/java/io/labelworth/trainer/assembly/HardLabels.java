package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.LabelledImage;
import io.labelworth.learning.label.SoftLabels;
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
    private final LabelledImage[] images;

    /**
     * @param size images of the set
     */
    HardLabels(TreatmentChain treatments, int classes, int size) {
        this.treatments = treatments;
        this.classes = classes;
        this.images = new LabelledImage[size];
    }

    @Override
    public void add(int place, ImageRef image) {
        images[place] = new LabelledImage(image.getImageId(), image.getImageClass());
    }

    @Override
    public void digest(int place, LabelDigest digest) {
        digest.addHard(images[place].imageId(), images[place].imageClass());
    }

    @Override
    public double entropy(int place) {
        return SoftLabels.entropy(treatments.ofClass(images[place]));
    }

    @Override
    public long storedBytes() {
        return (long) images.length * (classes <= CLASSES_OF_A_BYTE ? 1 : 2);
    }

    @Override
    public String checkpointId() {
        return null;
    }

    @Override
    public int size() {
        return images.length;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public void target(int image, int view, float[] into) {
        System.arraycopy(treatments.ofClass(images[image]), 0, into, 0, classes);
    }
}
