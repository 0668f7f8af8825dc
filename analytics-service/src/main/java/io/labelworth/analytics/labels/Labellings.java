package io.labelworth.analytics.labels;

import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labellings of every dataset, and the offsets between which their labels are. */
final class Labellings {

    private static final Comparator<ExpertCheckpoint> BY_STEP =
            Comparator.comparing(ExpertCheckpoint::getRun)
                    .thenComparing(ExpertCheckpoint::getStep)
                    .thenComparing(ExpertCheckpoint::getCheckpointId);

    private final Map<String, ExpertCheckpoint> checkpoints = new HashMap<>();
    private final Map<Labels, Range> ranges = new HashMap<>();

    /** The labels of one labelling on one partition of soft-labels. */
    record Labels(String labellingId, int partition) {}

    /**
     * Where on the partition they are; other labellings' may lie between.
     *
     * @param first offset of the first
     * @param next offset after the last so far
     */
    record Range(long first, long next) {}

    /** Takes an announcement in; a checkpoint that is announced again replaces itself. */
    synchronized void apply(ExpertCheckpoint checkpoint) {
        checkpoints.put(checkpoint.getCheckpointId(), checkpoint);
    }

    synchronized void apply(LabelingProgress progress) {
        if (progress.getFirstLabelOffset() >= 0) {
            ranges.put(
                    new Labels(progress.getLabellingId(), progress.getPartition()),
                    new Range(progress.getFirstLabelOffset(), progress.getNextLabelOffset()));
        }
    }

    /** Checkpoints of a dataset by run and step, retired ones too: their labels stay. */
    synchronized List<ExpertCheckpoint> of(String dataset) {
        return checkpoints.values().stream()
                .filter(checkpoint -> checkpoint.getDataset().equals(dataset))
                .sorted(BY_STEP)
                .toList();
    }

    /** Where a labelling's labels are; an empty range before the first. */
    synchronized Range range(Labels labels) {
        return ranges.getOrDefault(labels, new Range(0, 0));
    }
}
