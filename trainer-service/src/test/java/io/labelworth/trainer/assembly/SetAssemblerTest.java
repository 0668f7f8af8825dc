package io.labelworth.trainer.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.KeepTopK;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.RemoveClass;
import io.labelworth.learning.label.ShuffleOthers;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.run.ByDifficulty;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.Listed;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DistilledSet;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of three classes from a pool of ten images each, hardest at rank 0. */
class SetAssemblerTest {

    private static final int CLASSES = 3;
    private static final int POOL = 10;
    private static final int IMAGE_BYTES = 4;
    private static final String LABELLING = "a".repeat(64);
    private static final LabelCodec CODEC = LabelCodecs.parse("fp32");
    private static final DatasetInfo DATASET =
            new DatasetInfo("tiny", "tiny-1", CLASSES, 1, 2, 2, List.of(0.5f), List.of(0.5f));

    @TempDir private Path folder;
    private final List<ImageRef> images = new ArrayList<>();

    @BeforeEach
    void imagesOnDisk() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(16 + CLASSES * POOL * IMAGE_BYTES);
        file.putInt(0x803).putInt(CLASSES * POOL).putInt(2).putInt(2);
        for (int position = 0; position < CLASSES * POOL; position++) {
            byte[] pixels = {(byte) position, 1, 2, 3};
            file.put(pixels);
            images.add(image(position, Sha256.of(pixels)));
        }
        Files.createDirectories(folder.resolve("tiny"));
        Files.write(folder.resolve("tiny/images"), file.array());
    }

    @Test
    void theManifestSaysWhatTheSetIsMadeOf() {
        // When
        AssembledSet set = assemble(spec(2));

        // Then: classes take turns, ranks in order
        DistilledSet manifest = set.manifest();
        assertThat(manifest.getImageIds())
                .containsExactly(
                        "train-0", "train-10", "train-20", "train-1", "train-11", "train-21");
        assertThat(manifest.getImageBytes()).isEqualTo(6 * IMAGE_BYTES);
        assertThat(manifest.getLabelBytes()).isEqualTo(6 * CLASSES * Float.BYTES);
        double mean = (3 * entropy(0) + 3 * entropy(1)) / 6;
        assertThat(manifest.getMeanEntropy()).isCloseTo(mean, within(1e-6));
        assertThat(manifest.getLabelDigest()).matches("[0-9a-f]{64}");
        assertThat(set.checkpointId()).isEqualTo("run/step-1");
        assertThat(pixels(set, 3)).containsExactly(1, 1, 2, 3);
    }

    @Test
    void theEntropyIsThatOfTreatedLabelsAndTheDigestThatOfStoredOnes() {
        // When
        DistilledSet plain = assemble(spec(2)).manifest();
        DistilledSet hard = assemble(spec(2, new KeepTopK(1, false))).manifest();

        // Then: one entry is certain, whatever it is
        assertThat(hard.getMeanEntropy()).isZero();
        assertThat(hard.getLabelDigest()).isEqualTo(plain.getLabelDigest());
        assertThat(hard.getSetId()).isNotEqualTo(plain.getSetId());
    }

    @Test
    void aLabelIsTreatedTheSameInASmallAndALargeSet() {
        // When
        AssembledSet small = assemble(spec(1, new ShuffleOthers()));
        AssembledSet large = assemble(spec(5, new ShuffleOthers()));

        // Then
        for (int i = 0; i < CLASSES; i++) {
            assertThat(large.manifest().getImageIds().get(i))
                    .isEqualTo(small.manifest().getImageIds().get(i));
            assertThat(target(large, i)).containsExactly(target(small, i));
        }
    }

    @Test
    void aRemovedClassHasNoImagesInTheSet() {
        // When
        AssembledSet set = assemble(spec(2, new RemoveClass(1)));

        // Then
        assertThat(set.manifest().getImageIds())
                .containsExactly("train-0", "train-20", "train-1", "train-21");
        assertThat(target(set, 0)[1]).isPositive();
    }

    @Test
    void aDecileIsOfTheExpertsDifficulty() {
        // When
        RunSpec hardest = spec(1).withSelection(new ByDifficulty(LABELLING, 10));
        RunSpec easiest = spec(1).withSelection(new ByDifficulty(LABELLING, 1));

        // Then
        assertThat(assemble(hardest).manifest().getImageIds())
                .containsExactly("train-0", "train-10", "train-20");
        assertThat(assemble(easiest).manifest().getImageIds())
                .containsExactly("train-9", "train-19", "train-29");
    }

    @Test
    void aListOfOtherImagesThanThePoolsFailsTheRun() {
        // Given
        RunSpec spec =
                spec(1).withSelection(new Listed(List.of("train-3", "train-12", "train-99")));

        // Then
        assertThatThrownBy(() -> assemble(spec))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("0 images of class 2 that are in the pool");
    }

    private static byte[] pixels(AssembledSet set, int image) {
        byte[] pixels = new byte[IMAGE_BYTES];
        set.set().pixels().read(image, 0, pixels);
        return pixels;
    }

    private static float[] target(AssembledSet set, int image) {
        float[] target = new float[CLASSES];
        set.set().targets().target(image, 0, target);
        return target;
    }

    private AssembledSet assemble(RunSpec spec) {
        try (LabelView view = LabelView.open(folder.resolve(spec.runId()), Map.of())) {
            view.addImageRefs(0, images, images.size());
            view.addLabels(
                    LABELLING,
                    0,
                    images.stream().map(SetAssemblerTest::label).toList(),
                    new LabelRange(0, images.size()));
            try (ViewSnapshot snapshot = view.snapshot()) {
                return new SetAssembler(new ImageStore(folder))
                        .assemble(run(spec), spec, DATASET, snapshot);
            }
        }
    }

    /** The higher the rank, the surer the expert is of the class; the others differ a little. */
    private static float[] logits(int imageClass, int rank) {
        float[] logits = {0, 0.1f, 0.2f};
        logits[imageClass] = 1 + rank;
        return logits;
    }

    private static double entropy(int rank) {
        double sum = 0;
        for (int imageClass = 0; imageClass < CLASSES; imageClass++) {
            sum += SoftLabels.entropy(SoftLabels.softmax(logits(imageClass, rank), 1));
        }
        return sum / CLASSES;
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

    private static SoftLabel label(ImageRef image) {
        float[] logits = logits(image.getImageClass(), image.getRank());
        return SoftLabel.newBuilder()
                .setDataset("tiny")
                .setSource("real")
                .setLabellingId(LABELLING)
                .setCheckpointId("run/step-1")
                .setImageId(image.getImageId())
                .setImageClass(image.getImageClass())
                .setRank(image.getRank())
                .setCodec(new Choice(CODEC.name(), CODEC.parameters()))
                .setLogits(ByteBuffer.wrap(CODEC.encode(logits)))
                .setEntropy(0)
                .setArgMax(image.getImageClass())
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
                0);
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
