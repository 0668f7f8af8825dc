package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpertModelTest {

    private static final Preprocessing PREPROCESSING =
            new Preprocessing(List.of(0.2861f), List.of(0.3530f));

    @TempDir private Path folder;

    @Test
    void logitsAreThoseThatPytorchComputes() throws IOException {
        // Given: a state_dict and inputs written by PyTorch
        Path file = weights();
        FloatTensor images = PytorchVectors.read("grey-vectors").get("images");
        FloatTensor expected = PytorchVectors.read("grey-vectors").get("logits");
        try (ExpertModel model = load(file, Sha256.of(file), architecture(8))) {
            // When
            float[][] logits = model.logits(PytorchVectors.pixels(images));

            // Then
            float[] flat = new float[expected.values().length];
            for (int i = 0; i < logits.length; i++) {
                System.arraycopy(logits[i], 0, flat, i * 10, 10);
            }
            assertThat(flat).containsExactly(expected.values(), within(1e-4f));
        }
    }

    @Test
    void aFileWithAnotherHashIsNotLoaded() throws IOException {
        // Given
        Path file = weights();

        // Then
        assertThatThrownBy(() -> load(file, "0".repeat(64), architecture(8)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("another SHA-256");
    }

    @Test
    void weightsOfAnotherArchitectureAreRefusedNamingTheParameter() throws IOException {
        // Given
        Path file = weights();
        String sha256 = Sha256.of(file);

        // Then
        assertThatThrownBy(() -> load(file, sha256, architecture(16)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("features.0.weight");
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        assertThatThrownBy(
                        () ->
                                load(
                                        folder.resolve("none.safetensors"),
                                        "0".repeat(64),
                                        architecture(8)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not there");
    }

    private static ExpertModel load(Path file, String sha256, Architecture architecture) {
        return ExpertModel.load(
                file,
                sha256,
                new ExpertModel.Description(
                        WeightsFormat.SAFETENSORS, architecture, PREPROCESSING, Precision.FP32),
                ComputeDevice.CPU);
    }

    private Path weights() throws IOException {
        return Files.write(
                folder.resolve("weights.safetensors"), PytorchVectors.bytes("grey-weights"));
    }

    private static Architecture architecture(int width) {
        return new Architecture(
                "convnet",
                Map.of(
                        "depth", "3",
                        "width", Integer.toString(width),
                        "channels", "1",
                        "imageHeight", "28",
                        "imageWidth", "28",
                        "classes", "10"));
    }
}
