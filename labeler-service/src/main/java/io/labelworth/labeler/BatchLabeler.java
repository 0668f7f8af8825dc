package io.labelworth.labeler;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.labeler.LabelledBatch.Label;
import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels references with one expert: reads and checks pixels, runs the network once over all of
 * them, encodes. Nothing is sent here. An image that cannot be labelled becomes a dead letter and
 * holds nobody up.
 */
final class BatchLabeler {

    private static final Logger log = LoggerFactory.getLogger(BatchLabeler.class);

    private record Readable(
            ConsumerRecord<String, Decoded<ImageRef>> record, String labelKey, byte[] pixels) {

        ImageRef image() {
            return record.value().value();
        }
    }

    private final Expert expert;
    private final ImageStore images;
    private final DeadLetters deadLetters;

    BatchLabeler(Expert expert, ImageStore images, DeadLetters deadLetters) {
        this.expert = expert;
        this.images = images;
        this.deadLetters = deadLetters;
    }

    /**
     * Labels the references that are the expert's: of its dataset and version, and not withdrawn.
     *
     * @throws CheckpointRefusedException when the network itself fails twice
     */
    LabelledBatch label(Iterable<ConsumerRecord<String, Decoded<ImageRef>>> records)
            throws CheckpointRefusedException {
        List<DeadLetter> letters = new ArrayList<>();
        List<Readable> readable = new ArrayList<>();
        for (ConsumerRecord<String, Decoded<ImageRef>> record : records) {
            if (!record.value().readable()) {
                letters.add(letter(record, "unreadable-event", record.value().error()));
            } else if (wanted(record.value().value())) {
                read(record, readable, letters);
            }
        }
        float[][] logits = infer(readable);
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            encode(readable.get(i), logits[i], labels, letters);
        }
        return new LabelledBatch(labels, letters);
    }

    private boolean wanted(ImageRef image) {
        return !image.getWithdrawn()
                && image.getDataset().equals(expert.checkpoint().getDataset())
                && image.getDatasetVersion().equals(expert.checkpoint().getDatasetVersion());
    }

    private void read(
            ConsumerRecord<String, Decoded<ImageRef>> record,
            List<Readable> readable,
            List<DeadLetter> letters) {
        ImageRef image = record.value().value();
        try {
            if (image.getImageClass() < 0 || image.getImageClass() >= expert.classes()) {
                throw new IllegalArgumentException(
                        "class "
                                + image.getImageClass()
                                + " is not one of the expert's "
                                + expert.classes());
            }
            String key =
                    Keys.softLabel(
                            image.getDataset(),
                            image.getSource(),
                            expert.checkpoint().getLabellingId(),
                            image.getImageId());
            byte[] pixels = images.read(image.getUri(), image.getSha256(), expert.imageBytes());
            readable.add(new Readable(record, key, pixels));
        } catch (ImageException e) {
            letters.add(letter(record, e.kind().text(), e.getMessage()));
        } catch (IllegalArgumentException e) {
            letters.add(letter(record, "unusable-reference", e.getMessage()));
        }
    }

    private float[][] infer(List<Readable> readable) throws CheckpointRefusedException {
        if (readable.isEmpty()) {
            return new float[0][];
        }
        List<byte[]> pixels = readable.stream().map(Readable::pixels).toList();
        try {
            return expert.logits().apply(pixels);
        } catch (RuntimeException first) {
            // Memory may be short for a moment; condemning a checkpoint is for good.
            log.warn(
                    "inference failed, trying once more checkpoint={}: {}",
                    expert.checkpoint().getCheckpointId(),
                    first.toString());
            return inferAgain(pixels);
        }
    }

    private float[][] inferAgain(List<byte[]> pixels) throws CheckpointRefusedException {
        try {
            return expert.logits().apply(pixels);
        } catch (RuntimeException e) {
            throw new CheckpointRefusedException("inference-failed", e);
        }
    }

    private void encode(
            Readable readable, float[] logits, List<Label> labels, List<DeadLetter> letters) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                letters.add(
                        letter(
                                readable.record(),
                                "non-finite",
                                "the expert's logits are not all finite"));
                return;
            }
        }
        try {
            byte[] payload = expert.codec().encode(logits);
            labels.add(
                    new Label(
                            readable.record().partition(),
                            readable.labelKey(),
                            event(readable, logits, payload)));
        } catch (LabelException e) {
            letters.add(letter(readable.record(), "unencodable", e.getMessage()));
        }
    }

    private SoftLabel event(Readable readable, float[] logits, byte[] payload) {
        ImageRef image = readable.image();
        return SoftLabel.newBuilder()
                .setDataset(image.getDataset())
                .setSource(image.getSource())
                .setLabellingId(expert.checkpoint().getLabellingId())
                .setCheckpointId(expert.checkpoint().getCheckpointId())
                .setImageId(image.getImageId())
                .setImageClass(image.getImageClass())
                .setRank(image.getRank())
                .setCodec(expert.checkpoint().getCodec())
                .setLogits(ByteBuffer.wrap(payload))
                .setEntropy((float) SoftLabels.entropy(SoftLabels.softmax(logits, 1)))
                .setArgMax(SoftLabels.argMax(logits))
                .setImageRefPartition(readable.record().partition())
                .setImageRefOffset(readable.record().offset())
                .build();
    }

    private DeadLetter letter(
            ConsumerRecord<String, Decoded<ImageRef>> record, String kind, String reason) {
        Decoded<ImageRef> image = record.value();
        return DeadLetter.newBuilder(deadLetters.about(record, kind, reason))
                .setLabellingId(expert.checkpoint().getLabellingId())
                .setCheckpointId(expert.checkpoint().getCheckpointId())
                .setImageId(image.readable() ? image.value().getImageId() : null)
                .build();
    }
}
