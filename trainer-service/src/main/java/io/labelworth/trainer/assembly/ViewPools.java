package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.run.ClassPool;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.run.WholeVectors;
import io.labelworth.trainer.view.ViewSnapshot;
import java.util.OptionalInt;

/**
 * The candidate images as the label view has them. What a selection asks of a pool, image ids or
 * difficulties, is read for all classes at once, since the view orders by rank and then by class.
 */
final class ViewPools {

    private final ViewSnapshot view;
    private final RunSpec spec;
    private final int classes;
    private String[][] imageIds;
    private double[][] difficulties;

    ViewPools(ViewSnapshot view, RunSpec spec, int classes) {
        this.view = view;
        this.spec = spec;
        this.classes = classes;
    }

    /**
     * The image of one rank of one class.
     *
     * @throws RunFailedException when there is none
     */
    ImageRef image(int imageClass, int rank) {
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

    /** The candidates of one class. */
    ClassPool ofClass(int imageClass) {
        return new ClassPool() {
            @Override
            public String imageId(int rank) {
                readIds();
                return imageIds[imageClass][rank];
            }

            @Override
            public double difficulty(int rank) {
                readDifficulties();
                return difficulties[imageClass][rank];
            }
        };
    }

    private void readIds() {
        if (imageIds == null) {
            imageIds = new String[classes][spec.pool()];
            forEach((imageClass, rank, image) -> imageIds[imageClass][rank] = image.getImageId());
        }
    }

    private void readDifficulties() {
        if (difficulties == null) {
            difficulties = new double[classes][spec.pool()];
            forEach(
                    (imageClass, rank, image) ->
                            difficulties[imageClass][rank] = difficulty(image));
        }
    }

    private double difficulty(ImageRef image) {
        String labelling = spec.selection().labelling().orElseThrow();
        try {
            StoredLabel label = StoredLabel.find(view, labelling, image, OptionalInt.empty());
            WholeVectors.refusal("selection " + spec.selection().name(), labelling, label.codec())
                    .ifPresent(
                            reason -> {
                                throw new RunFailedException(reason);
                            });
            return SoftLabels.crossEntropy(label.logits(classes), image.getImageClass());
        } catch (LabelException e) {
            throw new RunFailedException(
                    "the label of image " + image.getImageId() + ": " + e.getMessage(), e);
        }
    }

    private interface Reader {
        void read(int imageClass, int rank, ImageRef image);
    }

    /** Reads the whole pool in the order of the keys; of classes that are removed it has none. */
    private void forEach(Reader reader) {
        for (int rank = 0; rank < spec.pool(); rank++) {
            for (int imageClass = 0; imageClass < classes; imageClass++) {
                if (TreatmentChain.keeps(spec.treatments(), imageClass)) {
                    reader.read(imageClass, rank, image(imageClass, rank));
                }
            }
        }
    }
}
