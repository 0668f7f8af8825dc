package io.labelworth.labeler;

import io.labelworth.labeler.LabelledBatch.Label;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.LabelSummary;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes label events of logits. Logits that cannot be a label become a dead letter. */
final class LabelEncoder {

    private final Expert expert;
    private final ImageReader letters;

    /**
     * @param letters writes down what cannot be encoded as what cannot be read
     */
    LabelEncoder(Expert expert, ImageReader letters) {
        this.expert = expert;
        this.letters = letters;
    }

    /** The labels of a batch. */
    LabelledBatch encode(InferredBatch batch) {
        List<Label> labels = new ArrayList<>(batch.images().size());
        List<Failure> failures = new ArrayList<>(batch.failures());
        for (int i = 0; i < batch.logits().length; i++) {
            encode(batch.images().get(i), batch.logits()[i], labels, failures);
        }
        return new LabelledBatch(labels, failures, batch.next());
    }

    private void encode(Image image, float[] logits, List<Label> labels, List<Failure> failures) {
        LabelSummary summary = LabelSummary.of(logits);
        if (!summary.finite()) {
            fail(image, "non-finite", "the expert's logits are not all finite", failures);
            return;
        }
        try {
            labels.add(
                    new Label(
                            image.claim(),
                            image.labelKey(),
                            event(image, logits, summary),
                            image.retry()));
        } catch (LabelException e) {
            fail(image, "unencodable", e.getMessage(), failures);
        }
    }

    private void fail(Image image, String kind, String reason, List<Failure> failures) {
        failures.add(
                new Failure(
                        image.claim(),
                        letters.letter(image.record(), kind, reason),
                        image.retry()));
    }

    private SoftLabel event(Image image, float[] logits, LabelSummary summary) {
        ImageRef reference = image.reference();
        return SoftLabel.newBuilder()
                .setDataset(reference.getDataset())
                .setSource(reference.getSource())
                .setLabellingId(expert.checkpoint().getLabellingId())
                .setCheckpointId(expert.checkpoint().getCheckpointId())
                .setImageId(reference.getImageId())
                .setImageClass(reference.getImageClass())
                .setRank(reference.getRank())
                .setCodec(expert.checkpoint().getCodec())
                .setLogits(ByteBuffer.wrap(expert.codec().encode(logits)))
                .setEntropy((float) summary.entropy())
                .setArgMax(summary.argMax())
                .setImageRefPartition(image.record().partition())
                .setImageRefOffset(image.record().offset())
                .build();
    }
}
