package io.labelworth.trainer.assembly;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.run.Selection;
import io.labelworth.learning.training.Pixels;
import io.labelworth.learning.training.TrainingSet;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.learning.view.ViewMaker;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Assembles a run's distilled set: for every class the ranks its spec selects, pixels checked
 * against their SHA-256, and the label of each image. The order is the selection's, classes taking
 * turns, so that a smaller budget is the beginning of a larger one; it is read in the order of the
 * view's keys. Safe to share between threads.
 */
public final class SetAssembler {

    private final ImageStore images;

    /** Assembles from the pixels of an image store. */
    public SetAssembler(ImageStore images) {
        this.images = images;
    }

    /**
     * The set of one run.
     *
     * @param view a snapshot that has passed the run's pins
     * @throws RunFailedException when an image or a label is missing or is not what it should be;
     *     the message names the image
     */
    public AssembledSet assemble(
            TrainingRun run, RunSpec spec, DatasetInfo dataset, ViewSnapshot view) {
        ViewPools pools = new ViewPools(view, spec, dataset.classes());
        List<ImagePlace> places = places(spec, dataset.classes(), pools);
        LabelSource labels = labels(spec, dataset, view, places.size());
        StoredPixels pixels =
                new StoredPixels(
                        images, dataset.imageBytes(), places.size(), StoredPixels.MOST_HELD_BYTES);
        String[] imageIds = new String[places.size()];
        for (int place : inKeyOrder(places)) {
            ImageRef image = pools.image(places.get(place).imageClass(), places.get(place).rank());
            imageIds[place] = image.getImageId();
            pixels.add(place, image);
            labels.add(place, image);
        }
        DistilledSet manifest = manifest(run, spec, List.of(imageIds), pixels, labels);
        Pixels seen =
                spec.views()
                        .<Pixels>map(
                                views ->
                                        new ViewPixels(
                                                pixels,
                                                new ViewMaker(views, dataset),
                                                imageIds,
                                                places,
                                                StoredPixels.MOST_HELD_BYTES))
                        .orElse(pixels);
        TrainingSet set = new TrainingSet(seen, HeldTargets.of(labels));
        return new AssembledSet(set, manifest, places, labels.checkpointId());
    }

    private static DistilledSet manifest(
            TrainingRun run,
            RunSpec spec,
            List<String> imageIds,
            StoredPixels pixels,
            LabelSource labels) {
        LabelDigest digest = new LabelDigest();
        double entropy = 0;
        for (int place = 0; place < imageIds.size(); place++) {
            labels.digest(place, digest);
            entropy += labels.entropy(place);
        }
        String labelDigest = digest.hex();
        return DistilledSet.newBuilder()
                .setSetId(SetId.of(spec, imageIds, labelDigest))
                .setRunId(run.getRunId())
                .setAttemptId(run.getAttemptId())
                .setDataset(spec.dataset())
                .setDatasetVersion(spec.datasetVersion())
                .setSource(spec.source())
                .setImagesPerClass(spec.imagesPerClass())
                .setImageIds(imageIds)
                .setRegime(spec.regime())
                .setLabellingIds(spec.labellings())
                .setTreatments(treatments(spec))
                .setViews(spec.views().map(v -> new Choice(v.name(), v.parameters())).orElse(null))
                .setLabelDigest(labelDigest)
                .setImageBytes((long) pixels.size() * pixels.imageBytes())
                .setLabelBytes(labels.storedBytes())
                .setMeanEntropy(entropy / imageIds.size())
                .build();
    }

    /** A spec's treatments as events carry them. */
    public static List<Choice> treatments(RunSpec spec) {
        return spec.treatments().stream().map(t -> new Choice(t.name(), t.parameters())).toList();
    }

    private static LabelSource labels(
            RunSpec spec, DatasetInfo dataset, ViewSnapshot view, int size) {
        int classes = dataset.classes();
        TreatmentChain treatments = spec.treatmentChain(classes);
        if (spec.regime().equals(RunSpec.HARD)) {
            return new HardLabels(treatments, classes, size);
        }
        Function<OptionalInt, LabelSource> ofView =
                number ->
                        new FixedSoftLabels(
                                view, spec.labellings(), number, treatments, classes, size);
        return spec.views().isEmpty()
                ? ofView.apply(OptionalInt.empty())
                : new MultiViewLabels(
                        spec.views().get().count(), number -> ofView.apply(OptionalInt.of(number)));
    }

    /** The images in training order. */
    private static List<ImagePlace> places(RunSpec spec, int classes, ViewPools pools) {
        int[][] ranks = new int[classes][];
        try {
            spec.selection().requireClasses(spec.imagesPerClass(), classes);
            for (int imageClass = 0; imageClass < classes; imageClass++) {
                ranks[imageClass] = Selection.ranks(spec, imageClass, pools.ofClass(imageClass));
            }
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(e.getMessage(), e);
        }
        List<ImagePlace> places = new ArrayList<>(classes * spec.imagesPerClass());
        for (int turn = 0; turn < spec.imagesPerClass(); turn++) {
            for (int imageClass = 0; imageClass < classes; imageClass++) {
                if (turn < ranks[imageClass].length) {
                    places.add(new ImagePlace(imageClass, ranks[imageClass][turn]));
                }
            }
        }
        return places;
    }

    /** Places in training order, as the view has them one after the other. */
    private static int[] inKeyOrder(List<ImagePlace> places) {
        return IntStream.range(0, places.size())
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingInt(i -> places.get(i).rank())
                                .thenComparingInt(i -> places.get(i).imageClass()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
