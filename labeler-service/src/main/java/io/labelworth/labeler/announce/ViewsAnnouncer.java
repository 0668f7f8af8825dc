package io.labelworth.labeler.announce;

import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Announces that checkpoints are to label views of the images: the same weights under another
 * labelling, and another name. The labels of the images themselves are as they were.
 */
public final class ViewsAnnouncer {

    private final CheckpointLog log;
    private final Clock clock;

    public ViewsAnnouncer(CheckpointLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Announces the views of one checkpoint, unless the very same are announced.
     *
     * @param checkpointId a checkpoint that labels images
     * @return the announcement; its accuracy and entropy are those of whole images
     * @throws RefusedException when there is no such checkpoint, or it was retired
     */
    public ExpertCheckpoint announce(String checkpointId, Views views) throws RefusedException {
        Map<String, ExpertCheckpoint> latest = log.latest();
        ExpertCheckpoint images = latest.get(checkpointId);
        if (images == null || images.getRetired()) {
            throw refused("there is no checkpoint " + checkpointId + " to label with");
        }
        if (images.getViews() != null) {
            throw refused(checkpointId + " labels views; name the checkpoint that labels images");
        }
        String id = CheckpointIds.ofViews(checkpointId, views);
        String labellingId = labellingId(images, views);
        ExpertCheckpoint there = latest.get(id);
        if (there != null && !there.getRetired() && there.getLabellingId().equals(labellingId)) {
            return there;
        }
        ExpertCheckpoint announcement =
                ExpertCheckpoint.newBuilder(images)
                        .setCheckpointId(id)
                        .setLabellingId(labellingId)
                        .setViews(AnnouncedViews.choice(views))
                        .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                        .build();
        log.append(announcement);
        return announcement;
    }

    private static String labellingId(ExpertCheckpoint checkpoint, Views views)
            throws RefusedException {
        try {
            return LabellingId.of(
                    checkpoint.getSha256(),
                    checkpoint.getDatasetVersion(),
                    new Architecture(
                            checkpoint.getArchitecture().getName(),
                            checkpoint.getArchitecture().getParameters()),
                    Preprocessing.of(
                            checkpoint.getPreprocessing().getName(),
                            checkpoint.getPreprocessing().getParameters()),
                    checkpoint.getPrecision(),
                    LabelCodecs.of(
                                    checkpoint.getCodec().getName(),
                                    checkpoint.getCodec().getParameters())
                            .text(),
                    Optional.of(views));
        } catch (RuntimeException e) {
            throw refused(
                    "checkpoint "
                            + checkpoint.getCheckpointId()
                            + " is described in a way unknown here: "
                            + e.getMessage());
        }
    }

    private static RefusedException refused(String line) {
        return new RefusedException(RefusedException.BAD_REQUEST, line);
    }
}
