package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.run.ClassPool;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;

/** The candidate images of one class as the label view has them. */
final class ViewPool implements ClassPool {

    private final ViewSnapshot view;
    private final RunSpec spec;
    private final int imageClass;
    private final int classes;

    ViewPool(ViewSnapshot view, RunSpec spec, int imageClass, int classes) {
        this.view = view;
        this.spec = spec;
        this.imageClass = imageClass;
        this.classes = classes;
    }

    /**
     * The image of a rank.
     *
     * @throws RunFailedException when there is none
     */
    ImageRef image(int rank) {
        return view.imageRef(spec.dataset(), spec.datasetVersion(), spec.source(), imageClass, rank)
                .orElseThrow(
                        () ->
                                new RunFailedException(
                                        "no image of class "
                                                + imageClass
                                                + " and rank "
                                                + rank
                                                + " is on image-refs"));
    }

    @Override
    public String imageId(int rank) {
        return image(rank).getImageId();
    }

    @Override
    public double difficulty(int rank) {
        ImageRef image = image(rank);
        String labelling = spec.selection().labelling().orElseThrow();
        try {
            StoredLabel label = StoredLabel.find(view, labelling, image);
            if (!label.codec().wholeVector()) {
                throw new RunFailedException(
                        String.format(
                                "selection %s needs every logit, and labelling %s is stored as %s;"
                                        + " take a checkpoint stored as fp16",
                                spec.selection().name(), labelling, label.codec().text()));
            }
            return SoftLabels.crossEntropy(label.logits(classes), imageClass);
        } catch (LabelException e) {
            throw new RunFailedException(
                    "the label of image " + image.getImageId() + ": " + e.getMessage(), e);
        }
    }
}
