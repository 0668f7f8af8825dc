package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.LabelledImage;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of one labelling or of several, decoded and treated. */
final class FixedSoftLabels implements LabelSource {

    private final ViewSnapshot view;
    private final List<String> labellings;
    private final TreatmentChain treatments;
    private final int classes;
    private final Map<String, String> checkpointOf = new TreeMap<>();

    /**
     * @param labellings in the order of the spec
     */
    FixedSoftLabels(
            ViewSnapshot view, List<String> labellings, TreatmentChain treatments, int classes) {
        this.view = view;
        this.labellings = labellings;
        this.treatments = treatments;
        this.classes = classes;
    }

    @Override
    public Label label(ImageRef image, LabelDigest digest) {
        List<float[]> logits = new ArrayList<>(labellings.size());
        int storedBytes = 0;
        try {
            for (String labelling : labellings) {
                StoredLabel label = StoredLabel.find(view, labelling, image);
                checkpointOf.put(labelling, label.checkpointId());
                requireTreatable(label.codec(), labelling);
                digest.add(
                        image.getImageId(),
                        image.getImageClass(),
                        label.codec().text(),
                        label.payload());
                logits.add(label.logits(classes));
                storedBytes += label.payload().length;
            }
            LabelledImage labelled = new LabelledImage(image.getImageId(), image.getImageClass());
            return new Label(treatments.ofLogits(labelled, logits), storedBytes);
        } catch (LabelException e) {
            throw new RunFailedException(
                    "the label of image " + image.getImageId() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String checkpointId() {
        return String.join("+", checkpointOf.values());
    }

    private void requireTreatable(LabelCodec codec, String labelling) {
        if (codec.wholeVector()) {
            return;
        }
        treatments
                .needingWholeVector()
                .ifPresent(
                        treatment -> {
                            throw new RunFailedException(
                                    String.format(
                                            "treatment %s needs every logit, and labelling %s is"
                                                    + " stored as %s; take a labelling stored as fp16,"
                                                    + " or no such treatment",
                                            treatment.name(), labelling, codec.text()));
                        });
    }
}
