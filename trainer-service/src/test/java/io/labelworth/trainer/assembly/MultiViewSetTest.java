package io.labelworth.trainer.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.RemoveClass;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.label.Temperature;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.learning.view.ViewMaker;
import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.LabelRange;
import io.labelworth.trainer.view.LabelView;
import io.labelworth.trainer.view.ViewSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of views: three classes, a pool of ten images each, three views of each image. */
class MultiViewSetTest {

    private static final int CLASSES = 3;
    private static final int POOL = 10;
    private static final int COUNT = 3;
    private static final int IMAGE_BYTES = 36;
    private static final String LABELLING = "a".repeat(64);
    private static final LabelCodec CODEC = LabelCodecs.parse("fp32");
    private static final Views CUTMIX = Views.of("cutmix", Map.of("count", "3", "seed", "4"));
    private static final DatasetInfo DATASET =
            new DatasetInfo("tiny", "tiny-1", CLASSES, 1, 6, 6, List.of(0.5f), List.of(0.5f));

    @TempDir private Path folder;
    private final List<ImageRef> images = new ArrayList<>();
    private final List<byte[]> pixels = new ArrayList<>();
    private int opened;

    @BeforeEach
    void imagesOnDisk() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(16 + CLASSES * POOL * IMAGE_BYTES);
        file.putInt(0x803).putInt(CLASSES * POOL).putInt(6).putInt(6);
        Random random = new Random(1);
        for (int position = 0; position < CLASSES * POOL; position++) {
            byte[] noise = new byte[IMAGE_BYTES];
            random.nextBytes(noise);
            file.put(noise);
            pixels.add(noise);
            images.add(image(position, Sha256.of(noise)));
        }
        Files.createDirectories(folder.resolve("tiny"));
        Files.write(folder.resolve("tiny/images"), file.array());
    }

    @Test
    void eachViewHasItsPixelsAndItsLabel() {
        AssembledSet set = assemble(spec(4));

        assertThat(set.set().size()).isEqualTo(4 * CLASSES);
        assertThat(set.set().views()).isEqualTo(COUNT);
        ViewMaker maker = new ViewMaker(CUTMIX, DATASET);
        List<String> ids = set.manifest().getImageIds();
        for (int i = 0; i < ids.size(); i++) {
            ImageRef image = byId(ids.get(i));
            for (int view = 0; view < COUNT; view++) {
                ImagePlace partner =
                        maker.partner(
                                        image.getImageId(),
                                        new ImagePlace(image.getImageClass(), image.getRank()),
                                        view)
                                .orElseThrow();
                byte[] seen = new byte[IMAGE_BYTES];
                // Asked twice: what is kept is what was made.
                set.set().pixels().read(i, view, new byte[IMAGE_BYTES]);
                set.set().pixels().read(i, view, seen);
                assertThat(seen)
                        .isEqualTo(
                                maker.view(
                                        image.getImageId(),
                                        view,
                                        pixels.get(position(image)),
                                        pixels.get(partner.imageClass() * POOL + partner.rank())));
                float[] target = new float[CLASSES];
                set.set().targets().target(i, view, target);
                assertThat(target).containsExactly(SoftLabels.softmax(logits(image, view), 1));
            }
        }
    }

    @Test
    void theManifestHasEveryViewsLabelInOrder() {
        AssembledSet set = assemble(spec(2));

        LabelDigest digest = new LabelDigest();
        double entropy = 0;
        for (String id : set.manifest().getImageIds()) {
            ImageRef image = byId(id);
            for (int view = 0; view < COUNT; view++) {
                digest.add(
                        id + "/" + view,
                        image.getImageClass(),
                        "fp32",
                        CODEC.encode(logits(image, view)));
                entropy += SoftLabels.entropy(SoftLabels.softmax(logits(image, view), 1));
            }
        }
        assertThat(set.manifest().getRegime()).isEqualTo("multi-view");
        assertThat(set.manifest().getLabelDigest()).isEqualTo(digest.hex());
        assertThat(set.manifest().getMeanEntropy())
                .isCloseTo(entropy / (2 * CLASSES * COUNT), within(1e-6));
        assertThat(set.manifest().getLabelBytes())
                .isEqualTo(2 * CLASSES * COUNT * CLASSES * Float.BYTES);
        assertThat(set.manifest().getImageBytes()).isEqualTo(2 * CLASSES * IMAGE_BYTES);
        assertThat(set.manifest().getViews())
                .isEqualTo(new Choice("cutmix", Map.of("count", "3", "seed", "4")));
        assertThat(set.checkpointId()).isEqualTo("run/step-1@cutmix");
    }

    @Test
    void otherViewsWithTheSameLabelsAreAnotherSet() {
        Views other = Views.of("cutmix", Map.of("count", "3", "seed", "5"));

        assertThat(assemble(spec(2).withViews(other)).manifest().getSetId())
                .isNotEqualTo(assemble(spec(2)).manifest().getSetId());
    }

    @Test
    void everyViewsLabelIsTreated() {
        AssembledSet set = assemble(spec(1, new Temperature(2)));

        for (int view = 0; view < COUNT; view++) {
            float[] target = new float[CLASSES];
            set.set().targets().target(0, view, target);
            assertThat(target).containsExactly(SoftLabels.softmax(logits(images.get(0), view), 2));
        }
    }

    @Test
    void aSetThatLacksWhatAViewMixesInFailsTheRunAndOneOfCropsNeedsNothing() {
        Views crops = Views.of("crop", Map.of("count", "3"));

        assertThatThrownBy(() -> assemble(spec(5, new RemoveClass(1))))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("in class 1, which is not in the set");
        assertThatThrownBy(() -> assemble(spec(3).withSeeds(9, 9)))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("subset seed 0");
        assertThat(assemble(spec(3).withViews(crops).withSeeds(9, 9)).set().views())
                .isEqualTo(COUNT);
    }

    @Test
    void aRunOfTheOtherRegimeFailsAndSaysWhich() {
        RunSpec fixed =
                new RunSpec(
                        "tiny",
                        "tiny-1",
                        "real",
                        1,
                        POOL,
                        RunSpec.FIXED_SOFT,
                        List.of(LABELLING),
                        List.of(),
                        Architecture.convnet(2, 4),
                        Recipe.ofSteps(10),
                        Evaluation.DEFAULT,
                        0,
                        0);

        assertThatThrownBy(() -> assemble(fixed))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("labels views: its runs are of regime multi-view");
        assertThatThrownBy(() -> assemble(spec(1), List.of(label(images.get(0), null))))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("labels images: its runs are of regime fixed-soft");
    }

    private AssembledSet assemble(RunSpec spec) {
        List<SoftLabel> labels = new ArrayList<>();
        // As a log may have them: not in the order of views.
        for (int view : new int[] {2, 0, 1}) {
            images.forEach(image -> labels.add(label(image, view)));
        }
        return assemble(spec, labels);
    }

    private AssembledSet assemble(RunSpec spec, List<SoftLabel> labels) {
        Path directory = folder.resolve("view-" + opened++);
        try (LabelView view = LabelView.open(directory, Map.of())) {
            view.addImageRefs(0, images, images.size());
            view.addLabels(LABELLING, 0, labels, new LabelRange(0, labels.size()));
            try (ViewSnapshot snapshot = view.snapshot()) {
                return new SetAssembler(new ImageStore(folder))
                        .assemble(run(spec), spec, DATASET, snapshot);
            }
        }
    }

    private ImageRef byId(String imageId) {
        return images.stream()
                .filter(image -> image.getImageId().equals(imageId))
                .findFirst()
                .orElseThrow();
    }

    private static int position(ImageRef image) {
        return image.getImageClass() * POOL + image.getRank();
    }

    private static float[] logits(ImageRef image, int view) {
        float[] logits = {0, 0.1f * view, 0.01f * image.getRank()};
        logits[image.getImageClass()] += 1 + view;
        return logits;
    }

    private static ImageRef image(int position, String sha256) {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId("train-" + position)
                .setUri("tiny/images#" + position)
                .setSha256(sha256)
                .setImageClass(position / POOL)
                .setRank(position % POOL)
                .build();
    }

    private static SoftLabel label(ImageRef image, Integer view) {
        return SoftLabel.newBuilder()
                .setDataset("tiny")
                .setSource("real")
                .setLabellingId(LABELLING)
                .setCheckpointId("run/step-1@cutmix")
                .setImageId(image.getImageId())
                .setView(view)
                .setImageClass(image.getImageClass())
                .setRank(image.getRank())
                .setCodec(new Choice(CODEC.name(), CODEC.parameters()))
                .setLogits(ByteBuffer.wrap(CODEC.encode(logits(image, view == null ? 0 : view))))
                .setEntropy(0)
                .setArgMax(0)
                .setImageRefPartition(0)
                .setImageRefOffset(0)
                .build();
    }

    private static RunSpec spec(int imagesPerClass, LabelTreatment... treatments) {
        return new RunSpec(
                        "tiny",
                        "tiny-1",
                        "real",
                        imagesPerClass,
                        POOL,
                        RunSpec.FIXED_SOFT,
                        List.of(LABELLING),
                        List.of(treatments),
                        Architecture.convnet(2, 4),
                        Recipe.ofSteps(10),
                        Evaluation.DEFAULT,
                        0,
                        0)
                .withViews(CUTMIX);
    }

    private static TrainingRun run(RunSpec spec) {
        return TrainingRun.newBuilder()
                .setRunId(spec.runId())
                .setConfigurationId(spec.configurationId())
                .setSpec(spec.canonicalJson())
                .setAttemptId("attempt")
                .setAttempt(1)
                .setExperimentId("e")
                .setLabellingId(LABELLING)
                .setPins(List.of())
                .setPublishedAt(Instant.EPOCH)
                .build();
    }
}
