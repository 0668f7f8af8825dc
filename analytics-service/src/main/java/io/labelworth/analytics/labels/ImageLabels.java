package io.labelworth.analytics.labels;

import io.labelworth.analytics.labels.LabelledImage.Without;
import io.labelworth.analytics.labels.Labellings.Labels;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelException;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.SoftLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the labels of an image. */
final class ImageLabels {

    private final Labellings labellings;
    private final LabelOffsets offsets;
    private final EventLog log;

    ImageLabels(Labellings labellings, LabelOffsets offsets, EventLog log) {
        this.labellings = labellings;
        this.offsets = offsets;
        this.log = log;
    }

    /**
     * The image with all its labels.
     *
     * @throws EventLog.LogSilentException when the cluster does not give them in time
     */
    LabelledImage of(DatasetInfo dataset, String source, PlacedImage image) {
        List<ImageLabel> labels = new ArrayList<>();
        List<Without> without = new ArrayList<>();
        for (ExpertCheckpoint checkpoint : labellings.of(dataset.name())) {
            String id = checkpoint.getCheckpointId();
            if (checkpoint.getViews() != null) {
                without.add(new Without(id, "labels views of images, not the images"));
                continue;
            }
            try {
                label(dataset, source, image, checkpoint)
                        .ifPresentOrElse(
                                label -> labels.add(ImageLabel.of(checkpoint, label, dataset)),
                                () -> without.add(new Without(id, "has not labelled it yet")));
            } catch (LabelException e) {
                without.add(new Without(id, "its label cannot be read: " + e.getMessage()));
            }
        }
        return new LabelledImage(
                dataset.name(),
                source,
                image.imageId(),
                image.imageClass(),
                dataset.className(image.imageClass()),
                image.rank(),
                List.copyOf(labels),
                List.copyOf(without));
    }

    private Optional<SoftLabel> label(
            DatasetInfo dataset, String source, PlacedImage image, ExpertCheckpoint checkpoint) {
        String labellingId = checkpoint.getLabellingId();
        Labels of = new Labels(labellingId, image.partition());
        String key = Keys.softLabel(dataset.name(), source, labellingId, image.imageId());
        OptionalLong offset = offsets.find(of, labellings.range(of), key);
        return offset.isEmpty()
                ? Optional.empty()
                : log.event(Topics.SOFT_LABELS, image.partition(), offset.getAsLong());
    }
}
