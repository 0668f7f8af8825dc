package io.labelworth.trainer.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelDigest;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.LabelTreatments;
import io.labelworth.learning.label.MeanLogits;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.LabelRange;
import io.labelworth.trainer.view.LabelView;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels as the view holds them, on their way to the student. */
class FixedSoftLabelsTest {

    private static final String LABELLING = "a".repeat(64);
    private static final float[] LOGITS = {0, 3, 1, -1};
    private static final LabelTreatment SOFTER =
            LabelTreatments.of("temperature", Map.of("value", "4"));
    private static final LabelTreatment SAME =
            LabelTreatments.of("temperature", Map.of("value", "1"));

    @TempDir private Path dir;
    private int views;

    @Test
    void aTruncatedLabelGivesWhatItKeepsTheProbabilityOfTheWholeOne() {
        // When
        float[] whole = target(label("fp32"));
        FixedSoftLabels truncated = label("topk-fp16(k=2)", SAME);

        // Then
        assertThat(truncated.storedBytes()).isEqualTo(10);
        float[] target = target(truncated);
        assertThat(target[1]).isCloseTo(whole[1], within(1e-5f));
        assertThat(target[2]).isCloseTo(whole[2], within(1e-5f));
        assertThat(target[0])
                .isEqualTo(target[3])
                .isCloseTo((whole[0] + whole[3]) / 2, within(1e-5f));
    }

    @Test
    void aTreatmentOfTheWholeVectorRefusesATruncatedLabelInOneLine() {
        assertThatThrownBy(() -> label("topk-fp16(k=2)", SAME, SOFTER))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("temperature needs every logit")
                .hasMessageContaining(LABELLING)
                .hasMessageContaining("topk-fp16(k=2)")
                .hasMessageNotContaining("\n");
        assertThat(target(label("fp16", SOFTER))[1]).isLessThan(target(label("fp16"))[1]);
    }

    @Test
    void aPayloadThatNobodyEncodedFailsTheRunNamingTheImage() {
        SoftLabel broken = event(LabelCodecs.parse("fp16"), ByteBuffer.wrap(new byte[] {1, 2, 3}));

        FixedSoftLabels labels = label(broken);

        assertThatThrownBy(() -> labels.entropy(0))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("train-1");
    }

    @Test
    void anEnsemblesLabelIsTheMeanOfItsLabellingsAndTakesTheBytesOfAll() {
        // Given
        String other = "b".repeat(64);
        float[] otherLogits = {4, -1, 0, 2};
        SoftLabel second =
                SoftLabel.newBuilder(event(LabelCodecs.parse("fp32")))
                        .setLabellingId(other)
                        .setCheckpointId("other/step-2")
                        .setLogits(ByteBuffer.wrap(LabelCodecs.parse("fp32").encode(otherLogits)))
                        .build();
        try (LabelView view = LabelView.open(dir.resolve("two"), Map.of())) {
            view.addLabels(
                    LABELLING, 0, List.of(event(LabelCodecs.parse("fp32"))), new LabelRange(0, 1));
            view.addLabels(other, 0, List.of(second), new LabelRange(0, 1));
            try (ViewSnapshot snapshot = view.snapshot()) {
                TreatmentChain mean = new TreatmentChain(List.of(new MeanLogits()), 2, 4, 0);
                FixedSoftLabels labels =
                        new FixedSoftLabels(
                                snapshot,
                                List.of(LABELLING, other),
                                OptionalInt.empty(),
                                mean,
                                4,
                                1);
                LabelDigest digest = new LabelDigest();

                // When
                labels.add(0, image());
                labels.digest(0, digest);

                // Then
                assertThat(target(labels))
                        .containsExactly(SoftLabels.softmax(new float[] {2, 1, 0.5f, 0.5f}, 1));
                assertThat(labels.storedBytes()).isEqualTo(2 * 4 * Float.BYTES);
                assertThat(labels.checkpointId()).isEqualTo("run/step-1+other/step-2");
                assertThat(digest.hex())
                        .isEqualTo(
                                new LabelDigest()
                                        .add("train-1", 1, "fp32", fp32(LOGITS))
                                        .add("train-1", 1, "fp32", fp32(otherLogits))
                                        .hex());
            }
        }
    }

    private static byte[] fp32(float[] logits) {
        return LabelCodecs.parse("fp32").encode(logits);
    }

    @Test
    void theDigestKnowsHowManyLogitsWereKept() {
        assertThat(digest("topk-fp16(k=2)")).isNotEqualTo(digest("topk-fp16(k=3)"));
    }

    @Test
    void theEntropyOfAnUntreatedLabelIsThatOfItsTarget() {
        // When
        FixedSoftLabels plain = label("fp16");
        FixedSoftLabels treated = label("fp16", SAME);

        // Then
        double entropy = SoftLabels.entropy(SoftLabels.softmax(LOGITS, 1));
        assertThat(plain.entropy(0)).isCloseTo(entropy, within(1e-6));
        assertThat(treated.entropy(0)).isCloseTo(entropy, within(1e-6));
    }

    private FixedSoftLabels label(String codec, LabelTreatment... treatments) {
        return label(event(LabelCodecs.parse(codec)), treatments);
    }

    private String digest(String codec) {
        LabelDigest digest = new LabelDigest();
        ByteBuffer same = ByteBuffer.wrap(LabelCodecs.parse(codec).encode(LOGITS));
        label(event(LabelCodecs.parse(codec), same)).digest(0, digest);
        return digest.hex();
    }

    /** A set of one image, as the view holds its label. */
    private FixedSoftLabels label(SoftLabel event, LabelTreatment... treatments) {
        Path one = dir.resolve(Integer.toString(views++));
        try (LabelView view = LabelView.open(one, Map.of())) {
            view.addLabels(LABELLING, 0, List.of(event), new LabelRange(0, 1));
            try (ViewSnapshot snapshot = view.snapshot()) {
                TreatmentChain chain = new TreatmentChain(List.of(treatments), 1, LOGITS.length, 0);
                FixedSoftLabels labels =
                        new FixedSoftLabels(
                                snapshot,
                                List.of(LABELLING),
                                OptionalInt.empty(),
                                chain,
                                LOGITS.length,
                                1);
                labels.add(0, image());
                return labels;
            }
        }
    }

    private static float[] target(FixedSoftLabels labels) {
        float[] target = new float[LOGITS.length];
        labels.target(0, 0, target);
        return target;
    }

    private static SoftLabel event(LabelCodec codec) {
        return event(codec, ByteBuffer.wrap(codec.encode(LOGITS)));
    }

    private static SoftLabel event(LabelCodec codec, ByteBuffer payload) {
        return SoftLabel.newBuilder()
                .setDataset("tiny")
                .setSource("real")
                .setLabellingId(LABELLING)
                .setCheckpointId("run/step-1")
                .setImageId("train-1")
                .setImageClass(1)
                .setRank(0)
                .setCodec(new Choice(codec.name(), codec.parameters()))
                .setLogits(payload)
                .setEntropy(0)
                .setArgMax(1)
                .setImageRefPartition(0)
                .setImageRefOffset(0)
                .build();
    }

    private static ImageRef image() {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId("train-1")
                .setUri("tiny/image.png")
                .setSha256("0".repeat(64))
                .setImageClass(1)
                .setRank(0)
                .build();
    }
}
