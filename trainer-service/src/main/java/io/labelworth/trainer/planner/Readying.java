package io.labelworth.trainer.planner;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.OffsetPin;
import io.labelworth.trainer.planner.CandidatePool.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Judges whether what a run needs is on the topics: its candidate images, and a label for each from
 * each of its labellings.
 */
final class Readying {

    private record PoolId(String dataset, String version, String source) {}

    private final Function<String, DatasetInfo> datasets;
    private final LabellingLog labellings;
    private final Map<PoolId, CandidatePool> pools = new HashMap<>();
    private final Map<String, ExpertCheckpoint> checkpointOf = new HashMap<>();

    /**
     * @param datasets what is known of a dataset, by name
     */
    Readying(Function<String, DatasetInfo> datasets, LabellingLog labellings) {
        this.datasets = datasets;
        this.labellings = labellings;
    }

    void add(ImageRef ref, int partition, long offset) {
        PoolId id = new PoolId(ref.getDataset(), ref.getDatasetVersion(), ref.getSource());
        pools.computeIfAbsent(id, p -> new CandidatePool()).add(ref, partition, offset);
    }

    void add(ExpertCheckpoint checkpoint) {
        checkpointOf.put(checkpoint.getLabellingId(), checkpoint);
    }

    /** Judges a run by what is known now. */
    Readiness of(RunSpec spec) {
        PoolId id = new PoolId(spec.dataset(), spec.datasetVersion(), spec.source());
        CandidatePool pool = pools.get(id);
        int ranks = spec.selection().ranksNeeded(spec);
        int classes = datasets.apply(spec.dataset()).classes();
        if (pool == null || !complete(spec, pool, classes, ranks)) {
            return new Readiness.Waiting(
                    ranks
                            + " images of each class of "
                            + spec.datasetVersion()
                            + ", source "
                            + spec.source()
                            + ", on image-refs");
        }
        SortedMap<Integer, Long> imagePins = pool.pins(ranks);
        List<OffsetPin> pins = new ArrayList<>();
        List<String> awaitedLabels = new ArrayList<>();
        for (String labelling : spec.labellingsNeeded()) {
            Optional<String> mismatch = mismatch(spec, checkpointOf.get(labelling));
            if (mismatch.isPresent()) {
                return new Readiness.Impossible(mismatch.get());
            }
            Optional<List<OffsetPin>> reached = labellings.pins(labelling, imagePins);
            if (reached.isPresent()) {
                pins.addAll(reached.get());
                continue;
            }
            Optional<String> never = never(labelling);
            if (never.isPresent()) {
                return new Readiness.Impossible(never.get());
            }
            awaitedLabels.add(nameOf(labelling));
        }
        if (!awaitedLabels.isEmpty()) {
            return new Readiness.Waiting("the labels of " + String.join(" and of ", awaitedLabels));
        }
        if (pins.isEmpty()) {
            pins = LabellingLog.imagePinsOnly(imagePins);
        }
        // Labels given up on count as progress, so only now is it known which are missing.
        Optional<String> unusable = first(spec, pool, classes, this::unusable);
        if (unusable.isPresent()) {
            return new Readiness.Impossible(unusable.get());
        }
        Optional<String> awaited = first(spec, pool, classes, this::awaited);
        return awaited.isPresent()
                ? new Readiness.Waiting(awaited.get())
                : new Readiness.Ready(pins);
    }

    private static boolean complete(RunSpec spec, CandidatePool pool, int classes, int ranks) {
        return IntStream.range(0, classes)
                .filter(imageClass -> TreatmentChain.keeps(spec.treatments(), imageClass))
                .allMatch(imageClass -> pool.complete(imageClass, ranks));
    }

    /** What is first found about an image of the run. */
    private static Optional<String> first(
            RunSpec spec,
            CandidatePool pool,
            int classes,
            BiFunction<RunSpec, Candidate, Optional<String>> judge) {
        for (int imageClass = 0; imageClass < classes; imageClass++) {
            if (!TreatmentChain.keeps(spec.treatments(), imageClass)) {
                continue;
            }
            int ofClass = imageClass;
            int[] ranks =
                    spec.selection()
                            .candidates(spec, ofClass, rank -> pool.imageId(ofClass, rank))
                            .toArray();
            for (int rank : ranks) {
                Optional<String> found =
                        pool.at(ofClass, rank).flatMap(image -> judge.apply(spec, image));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> awaited(RunSpec spec, Candidate image) {
        return spec.labellingsNeeded().stream()
                .filter(labelling -> labellings.awaited(labelling, image.imageId()))
                .map(
                        labelling ->
                                "the label of image "
                                        + image.imageId()
                                        + ", which is tried again, of labelling "
                                        + labelling)
                .findFirst();
    }

    private Optional<String> unusable(RunSpec spec, Candidate image) {
        if (image.withdrawn()) {
            return Optional.of("image " + image.imageId() + " was withdrawn");
        }
        return spec.labellingsNeeded().stream()
                .flatMap(
                        labelling ->
                                labellings
                                        .lost(labelling, image.imageId())
                                        .map(why -> noLabel(image, labelling, why))
                                        .stream())
                .findFirst();
    }

    private static String noLabel(Candidate image, String labelling, String why) {
        return "image " + image.imageId() + " has no label of labelling " + labelling + ": " + why;
    }

    private static Optional<String> mismatch(RunSpec spec, ExpertCheckpoint checkpoint) {
        if (checkpoint == null) {
            return Optional.empty();
        }
        if (checkpoint.getDatasetVersion().equals(spec.datasetVersion())) {
            return LabelledViews.mismatch(spec, checkpoint);
        }
        return Optional.of(
                "checkpoint "
                        + checkpoint.getCheckpointId()
                        + " labels "
                        + checkpoint.getDatasetVersion()
                        + ", the run needs "
                        + spec.datasetVersion());
    }

    /** Why a labelling that is incomplete will stay so; empty when it need not. */
    private Optional<String> never(String labelling) {
        Optional<String> lost = labellings.lost(labelling);
        if (lost.isPresent()) {
            return Optional.of("its checkpoint cannot be used: " + lost.get());
        }
        return Optional.ofNullable(checkpointOf.get(labelling))
                .filter(ExpertCheckpoint::getRetired)
                .map(
                        checkpoint ->
                                "checkpoint "
                                        + checkpoint.getCheckpointId()
                                        + " was retired before its labels were complete");
    }

    private String nameOf(String labelling) {
        ExpertCheckpoint checkpoint = checkpointOf.get(labelling);
        return checkpoint == null ? "labelling " + labelling : checkpoint.getCheckpointId();
    }
}
