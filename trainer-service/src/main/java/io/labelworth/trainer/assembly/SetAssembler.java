package io.labelworth.trainer.assembly;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.run.Selection;
import io.labelworth.learning.training.TrainingSet;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles a run's distilled set: for every class the ranks its spec selects, pixels checked
 * against their SHA-256, and the label of each image. The order is the selection's, classes taking
 * turns, so that a smaller budget is the beginning of a larger one.
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
        LabelSource labels = labels(spec, dataset, view);
        LabelDigest digest = new LabelDigest();
        List<String> imageIds = new ArrayList<>();
        List<byte[]> pixels = new ArrayList<>();
        List<float[]> targets = new ArrayList<>();
        long labelBytes = 0;
        double entropy = 0;
        for (ImageRef image : select(spec, dataset.classes(), view)) {
            imageIds.add(image.getImageId());
            pixels.add(read(image, dataset.imageBytes()));
            LabelSource.Label label = labels.label(image, digest);
            targets.add(label.target());
            labelBytes += label.storedBytes();
            entropy += SoftLabels.entropy(label.target());
        }
        String labelDigest = digest.hex();
        DistilledSet manifest =
                DistilledSet.newBuilder()
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
                        .setLabelDigest(labelDigest)
                        .setImageBytes((long) pixels.size() * dataset.imageBytes())
                        .setLabelBytes(labelBytes)
                        .setMeanEntropy(entropy / pixels.size())
                        .build();
        TrainingSet set = new TrainingSet(pixels, targets.toArray(float[][]::new));
        return new AssembledSet(set, manifest, labels.checkpointId());
    }

    /** A spec's treatments as events carry them. */
    public static List<Choice> treatments(RunSpec spec) {
        return spec.treatments().stream().map(t -> new Choice(t.name(), t.parameters())).toList();
    }

    private static LabelSource labels(RunSpec spec, DatasetInfo dataset, ViewSnapshot view) {
        TreatmentChain treatments = spec.treatmentChain(dataset.classes());
        return spec.regime().equals(RunSpec.HARD)
                ? new HardLabels(treatments, dataset.classes())
                : new FixedSoftLabels(view, spec.labellings(), treatments, dataset.classes());
    }

    private static List<ImageRef> select(RunSpec spec, int classes, ViewSnapshot view) {
        List<ViewPool> pools = new ArrayList<>(classes);
        List<int[]> ranks = new ArrayList<>(classes);
        try {
            spec.selection().requireClasses(spec.imagesPerClass(), classes);
            for (int imageClass = 0; imageClass < classes; imageClass++) {
                ViewPool pool = new ViewPool(view, spec, imageClass, classes);
                pools.add(pool);
                ranks.add(Selection.ranks(spec, imageClass, pool));
            }
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(e.getMessage(), e);
        }
        List<ImageRef> selected = new ArrayList<>(classes * spec.imagesPerClass());
        for (int place = 0; place < spec.imagesPerClass(); place++) {
            for (int imageClass = 0; imageClass < classes; imageClass++) {
                if (place < ranks.get(imageClass).length) {
                    selected.add(pools.get(imageClass).image(ranks.get(imageClass)[place]));
                }
            }
        }
        return selected;
    }

    private byte[] read(ImageRef image, int bytes) {
        try {
            return images.read(image.getUri(), image.getSha256(), bytes);
        } catch (ImageException e) {
            throw new RunFailedException(
                    "image " + image.getImageId() + " (" + e.kind().text() + "): " + e.getMessage(),
                    e);
        }
    }
}
