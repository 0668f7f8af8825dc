package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.view.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void aHalfTakesTwoBytesPerClassLittleEndian() {
        // When
        byte[] payload = LabelCodecs.parse("fp16").encode(new float[] {1, -2});

        // Then
        assertThat(payload).containsExactly(0x00, 0x3C, 0x00, 0xC0);
    }

    @Test
    void onlyATemperatureThatChangesSomethingNeedsEveryLogit() {
        assertThat(LabelTreatments.of("temperature", Map.of("value", "2")).needsWholeVector())
                .isTrue();
        assertThat(LabelTreatments.of("temperature", Map.of("value", "1")).needsWholeVector())
                .isFalse();
    }

    @Test
    void anUnknownTreatmentIsNamed() {
        assertThatThrownBy(() -> LabelTreatments.of("swap", Map.of())).hasMessageContaining("swap");
        assertThatThrownBy(() -> LabelTreatments.of("temperature", Map.of("T", "2")))
                .hasMessageContaining("value");
        assertThatThrownBy(() -> LabelTreatments.of("temperature", Map.of("value", "0")))
                .hasMessageContaining("above 0");
    }

    @Test
    void softmaxIsSafeForLargeLogits() {
        // When
        float[] probabilities = SoftLabels.softmax(new float[] {1000, 1000, -1000}, 1);

        // Then
        assertThat(probabilities).containsExactly(0.5f, 0.5f, 0f);
    }

    @Test
    void temperatureDividesLogits() {
        // When
        float[] softened =
                SoftLabels.softmax(new Temperature(2).applyToLogits(new float[] {4, 0}), 1);

        // Then
        double expected = 1 / (1 + Math.exp(-2));
        assertThat((double) softened[0]).isCloseTo(expected, within(1e-7));
    }

    @Test
    void entropyIsInNats() {
        assertThat(SoftLabels.entropy(new float[] {0.5f, 0.5f, 0})).isEqualTo(Math.log(2));
        assertThat(SoftLabels.entropy(SoftLabels.oneHot(1, 3))).isZero();
    }

    @Test
    void ofEqualLogitsTheFirstIsTheArgMax() {
        assertThat(SoftLabels.argMax(new float[] {0, 3, 3})).isEqualTo(1);
    }

    @Test
    void theDigestSeesEveryFieldAndTheOrder() {
        // Given
        String base = new LabelDigest().add("a", 1, "fp16", new byte[] {1, 2}).hex();

        // Then
        assertThat(new LabelDigest().add("a", 1, "fp16", new byte[] {1, 2}).hex()).isEqualTo(base);
        assertThat(new LabelDigest().add("b", 1, "fp16", new byte[] {1, 2}).hex())
                .isNotEqualTo(base);
        assertThat(new LabelDigest().add("a", 2, "fp16", new byte[] {1, 2}).hex())
                .isNotEqualTo(base);
        assertThat(new LabelDigest().add("a", 1, "fp32", new byte[] {1, 2}).hex())
                .isNotEqualTo(base);
        assertThat(new LabelDigest().addHard("a", 1).addHard("b", 1).hex())
                .isNotEqualTo(new LabelDigest().addHard("b", 1).addHard("a", 1).hex());
    }

    @Test
    void aLabellingIdDependsOnEverythingThatDecidesTheLogits() {
        // Given
        Architecture small = Architecture.convnet(3, 32);
        Architecture large = Architecture.convnet(3, 64);
        Preprocessing grey = new Preprocessing(List.of(0.2f), List.of(0.3f));
        Preprocessing other = new Preprocessing(List.of(0.2f), List.of(0.4f));

        // When
        String id = LabellingId.of("w", "v", small, grey, "fp32", "fp16");

        // Then
        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(
                        List.of(
                                LabellingId.of("x", "v", small, grey, "fp32", "fp16"),
                                LabellingId.of("w", "u", small, grey, "fp32", "fp16"),
                                LabellingId.of("w", "v", large, grey, "fp32", "fp16"),
                                LabellingId.of("w", "v", small, other, "fp32", "fp16"),
                                LabellingId.of("w", "v", small, grey, "bf16", "fp16"),
                                LabellingId.of("w", "v", small, grey, "fp32", "fp32")))
                .doesNotHaveDuplicates()
                .doesNotContain(id);
    }

    @Test
    void viewsMakeALabellingOfTheirOwnAndTheImagesThemselvesKeepTheirs() {
        // Given
        Architecture small = Architecture.convnet(3, 32);
        Preprocessing grey = new Preprocessing(List.of(0.2f), List.of(0.3f));
        Function<Views, String> id =
                views ->
                        LabellingId.of(
                                "w", "v", small, grey, "fp32", "fp16", Optional.ofNullable(views));

        // Then
        assertThat(id.apply(null))
                .isEqualTo(LabellingId.of("w", "v", small, grey, "fp32", "fp16"))
                .isEqualTo("edc037dfa23bc809864c68a8a6b9c0a6de8783b84f26a2ec9e9c98076843e196");
        assertThat(
                        List.of(
                                id.apply(null),
                                id.apply(Views.of("crop", Map.of("count", "2"))),
                                id.apply(Views.of("cutmix", Map.of("count", "2"))),
                                id.apply(Views.of("cutmix", Map.of("count", "3"))),
                                id.apply(Views.of("cutmix", Map.of("count", "2", "seed", "1")))))
                .doesNotHaveDuplicates();
    }

    @Test
    void preprocessingComesBackFromItsParameters() {
        // Given
        Preprocessing preprocessing =
                new Preprocessing(List.of(0.4914f, 0.4822f), List.of(0.2f, 1e-3f));

        // When
        Preprocessing read = Preprocessing.of(preprocessing.name(), preprocessing.parameters());

        // Then
        assertThat(read).isEqualTo(preprocessing);
    }
}
