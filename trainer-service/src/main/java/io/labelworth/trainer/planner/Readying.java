package io.labelworth.trainer.planner;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.OffsetPin;
import io.labelworth.trainer.planner.CandidatePool.Candidate;
import io.labelworth.trainer.run.WholeVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    private static final CandidatePool NO_IMAGES = new CandidatePool();

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

    private CandidatePool pool(RunSpec spec) {
        PoolId id = new PoolId(spec.dataset(), spec.datasetVersion(), spec.source());
        return pools.getOrDefault(id, NO_IMAGES);
    }

    /**
     * How often something has changed that a run needs; while it has not, neither has {@link #of}.
     */
    long changes(RunSpec spec) {
        long changes = pool(spec).references();
        for (String labelling : spec.labellings()) {
            changes += labellings.changes(labelling);
        }
        return changes + spec.selection().labelling().map(labellings::changes).orElse(0L);
    }

    /** Judges a run by what is known now. */
    Readiness of(RunSpec spec) {
        for (String labelling : spec.labellingsNeeded()) {
            Optional<String> refusal = refusal(spec, labelling, checkpointOf.get(labelling));
            if (refusal.isPresent()) {
                return new Readiness.Impossible(refusal.get());
            }
        }
        CandidatePool pool = pool(spec);
        int ranks = spec.selection().ranksNeeded(spec);
        int classes = datasets.apply(spec.dataset()).classes();
        RanksBelow images = pool.below(ranks);
        OptionalInt lacking = lacking(spec, images, classes, ranks);
        if (lacking.isPresent()) {
            return new Readiness.Waiting(
                    String.format(
                            "%d images of each class of %s, source %s, on image-refs; class %d has"
                                    + " %d",
                            ranks,
                            spec.datasetVersion(),
                            spec.source(),
                            lacking.getAsInt(),
                            images.ofClass(lacking.getAsInt())));
        }
        SortedMap<Integer, Long> imagePins = images.pins();
        List<OffsetPin> pins = new ArrayList<>();
        List<String> awaitedLabels = new ArrayList<>();
        for (String labelling : spec.labellingsNeeded()) {
            Optional<List<OffsetPin>> reached = labellings.pins(labelling, imagePins);
            if (reached.isPresent()) {
                pins.addAll(reached.get());
                continue;
            }
            Optional<String> never = never(labelling);
            if (never.isPresent()) {
                return new Readiness.Impossible(never.get());
            }
            awaitedLabels.add(howFar(labelling, images));
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

    /** The first class whose images are not all there. */
    private static OptionalInt lacking(RunSpec spec, RanksBelow images, int classes, int ranks) {
        return IntStream.range(0, classes)
                .filter(imageClass -> TreatmentChain.keeps(spec.treatments(), imageClass))
                .filter(imageClass -> images.ofClass(imageClass) < ranks)
                .findFirst();
    }

    /** Which labelling is awaited, how much of it, and the partition that has furthest to go. */
    private String howFar(String labelling, RanksBelow images) {
        int labelled = 0;
        int furthest = -1;
        long mostLeft = 0;
        for (var pin : images.pins().entrySet()) {
            long next = labellings.nextImageRef(labelling, pin.getKey());
            labelled += images.before(pin.getKey(), next);
            if (pin.getValue() - next > mostLeft) {
                mostLeft = pin.getValue() - next;
                furthest = pin.getKey();
            }
        }
        return String.format(
                "%s (%d of %d images; image-refs partition %d is at offset %d of %d)",
                nameOf(labelling),
                labelled,
                images.size(),
                furthest,
                labellings.nextImageRef(labelling, furthest),
                images.pins().get(furthest));
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

    /** Why a labelling will not do, whatever labels come of it. */
    private static Optional<String> refusal(
            RunSpec spec, String labelling, ExpertCheckpoint checkpoint) {
        if (checkpoint == null) {
            return Optional.empty();
        }
        if (checkpoint.getDatasetVersion().equals(spec.datasetVersion())) {
            return LabelledViews.mismatch(spec, checkpoint)
                    .or(() -> truncated(spec, labelling, checkpoint.getCodec()));
        }
        return Optional.of(
                "checkpoint "
                        + checkpoint.getCheckpointId()
                        + " labels "
                        + checkpoint.getDatasetVersion()
                        + ", the run needs "
                        + spec.datasetVersion());
    }

    private static Optional<String> truncated(RunSpec spec, String labelling, Choice codec) {
        try {
            return WholeVectors.refusal(
                    spec, labelling, LabelCodecs.of(codec.getName(), codec.getParameters()));
        } catch (LabelException e) {
            // Of another release: its labeler knows it, and whoever trains says what it knows.
            return Optional.empty();
        }
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
