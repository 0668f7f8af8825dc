package io.labelworth.trainer.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelViewTest {

    private static final Map<String, String> TOPICS = Map.of("image-refs", "uuid-1");
    private static final String LABELLING = "a".repeat(64);

    @TempDir Path dir;

    @Test
    void ofTwoRecordsOfAKeyTheOneOfTheLowerOffsetStays() {
        // Given
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            view.addImageRefs(0, List.of(ref("train-1", "first"), ref("train-1", "same-batch")), 2);
            view.addLabels(LABELLING, 0, List.of(label(1), label(2)), new LabelRange(0, 2));

            // When
            view.addImageRefs(0, List.of(ref("train-1", "later")), 3);
            view.addLabels(LABELLING, 0, List.of(label(3)), new LabelRange(0, 3));

            // Then
            try (ViewSnapshot snapshot = view.snapshot()) {
                ImageRef stored = snapshot.imageRef("tiny", "tiny-1", "real", 4, 10).orElseThrow();
                assertThat(stored.getUri()).isEqualTo("first");
                assertThat(snapshot.label(LABELLING, stored).orElseThrow().getLogits().get(0))
                        .isEqualTo((byte) 1);
            }
        }
    }

    @Test
    void aLabelThatCannotBeReadIsAFailureOfTheViewAndNotAMissingLabel() throws IOException {
        // Given: written to a file, which happens on opening
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            view.addLabels(LABELLING, 0, List.of(label(1)), new LabelRange(0, 1));
        }
        LabelView.open(dir, TOPICS).close();

        // When
        for (Path file : tables()) {
            byte[] table = Files.readAllBytes(file);
            table[10] ^= 1;
            Files.write(file, table);
        }

        // Then
        try (LabelView view = LabelView.open(dir, TOPICS);
                ViewSnapshot snapshot = view.snapshot()) {
            assertThatThrownBy(() -> snapshot.label(LABELLING, ref("train-1", "x")))
                    .isInstanceOf(ViewException.class)
                    .hasMessageContaining("the label view failed");
        }
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }

    @Test
    void whatTheViewHoldsAndHowFarItIsSurviveTogether() {
        // Given
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            view.addImageRefs(3, List.of(ref("train-1", "x")), 17);
            view.addLabels(LABELLING, 3, List.of(label(1)), new LabelRange(5, 9));
        }

        // When
        try (LabelView reopened = LabelView.open(dir, TOPICS)) {

            // Then
            assertThat(reopened.imageRefPosition(3)).isEqualTo(17);
            assertThat(reopened.loaded(LABELLING, 3)).contains(new LabelRange(5, 9));
            assertThat(reopened.labellings()).containsExactly(LABELLING);
            try (ViewSnapshot snapshot = reopened.snapshot()) {
                assertThat(snapshot.imageRef("tiny", "tiny-1", "real", 4, 10)).isPresent();
            }
        }
    }

    @Test
    void aViewOfTopicsSinceRecreatedIsDiscarded() {
        // Given
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            view.addImageRefs(3, List.of(ref("train-1", "x")), 17);
        }

        // When
        try (LabelView reopened = LabelView.open(dir, Map.of("image-refs", "uuid-2"))) {

            // Then
            assertThat(reopened.imageRefPosition(3)).isZero();
        }
    }

    @Test
    void aDroppedLabellingIsGoneButNotFromEarlierSnapshots() {
        // Given
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            view.addLabels(LABELLING, 0, List.of(label(1)), new LabelRange(0, 1));
            try (ViewSnapshot before = view.snapshot()) {

                // When
                view.drop(LABELLING);

                // Then
                try (ViewSnapshot after = view.snapshot()) {
                    assertThat(after.label(LABELLING, ref("train-1", "x"))).isEmpty();
                }
                assertThat(before.label(LABELLING, ref("train-1", "x"))).isPresent();
                assertThat(view.loaded(LABELLING, 0)).isEmpty();
                assertThat(view.labellings()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 2})
    void everyImageHasItsOwnLabelInWhateverOrderItIsAskedFor(long order) {
        // Given: 40 ranks of 3 classes, every fifth without a reference, every seventh unlabelled
        List<Integer> places = new ArrayList<>(IntStream.range(0, 120).boxed().toList());
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            view.addImageRefs(0, refs(places, place -> place % 5 > 0), 120);
            List<SoftLabel> labels =
                    refs(places, place -> place % 7 > 0).stream()
                            .map(ref -> label(ref, ref.getImageClass() + 3 * ref.getRank()))
                            .toList();
            view.addLabels(LABELLING, 0, labels, new LabelRange(0, 120));
            if (order >= 0) {
                Collections.shuffle(places, new Random(order));
            }

            // Then
            try (ViewSnapshot snapshot = view.snapshot()) {
                for (int place : places) {
                    assertThat(snapshot.imageRef("tiny", "tiny-1", "real", place % 3, place / 3))
                            .map(ImageRef::getImageId)
                            .isEqualTo(
                                    place % 5 > 0
                                            ? Optional.of("train-" + place)
                                            : Optional.empty());
                    assertThat(snapshot.label(LABELLING, ref(place)))
                            .map(label -> label.getLogits().get(0))
                            .isEqualTo(
                                    place % 7 > 0 ? Optional.of((byte) place) : Optional.empty());
                }
            }
        }
    }

    private static List<ImageRef> refs(List<Integer> places, IntPredicate there) {
        return places.stream().filter(there::test).map(LabelViewTest::ref).toList();
    }

    private static ImageRef ref(int place) {
        return ImageRef.newBuilder(ref("train-" + place, "x"))
                .setRank(place / 3)
                .setImageClass(place % 3)
                .build();
    }

    private static SoftLabel label(ImageRef image, int payload) {
        return SoftLabel.newBuilder(label(payload))
                .setImageId(image.getImageId())
                .setImageClass(image.getImageClass())
                .setRank(image.getRank())
                .build();
    }

    @Test
    void aSecondTrainerOnTheSameDirectoryIsRefusedInOneLine() {
        // Given
        try (LabelView view = LabelView.open(dir, TOPICS)) {
            assertThat(view.labellings()).isEmpty();

            // When / Then
            assertThatThrownBy(() -> LabelView.open(dir, TOPICS))
                    .isInstanceOf(ViewException.class)
                    .hasMessageContaining("LABELWORTH_STATE_DIR")
                    .hasMessageNotContaining("\n");
        }
    }

    private static ImageRef ref(String imageId, String uri) {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId(imageId)
                .setUri(uri)
                .setSha256("0".repeat(64))
                .setImageClass(4)
                .setRank(10)
                .build();
    }

    private static SoftLabel label(int payload) {
        return SoftLabel.newBuilder()
                .setDataset("tiny")
                .setSource("real")
                .setLabellingId(LABELLING)
                .setCheckpointId("c")
                .setImageId("train-1")
                .setImageClass(4)
                .setRank(10)
                .setCodec(new Choice("fp32", Map.of()))
                .setLogits(ByteBuffer.wrap(new byte[] {(byte) payload}))
                .setEntropy(0)
                .setArgMax(0)
                .setImageRefPartition(0)
                .setImageRefOffset(0)
                .build();
    }
}
