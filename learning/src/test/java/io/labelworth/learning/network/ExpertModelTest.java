package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        try (ExpertModel model =
                ExpertModel.load(file, Sha256.of(file), architecture(8), PREPROCESSING)) {
            // When
            float[][] logits = model.logits(bytes(images));

            // Then
            float[] flat = new float[expected.values().length];
            for (int i = 0; i < logits.length; i++) {
                System.arraycopy(logits[i], 0, flat, i * 10, 10);
            }
            assertThat(flat).containsExactly(expected.values(), within(1e-4f));
        }
    }

    @Test
    void anImageGetsTheSameLogitsInAnyCompany() throws IOException {
        // Given: more images than fit one chunk
        Path file = weights();
        List<byte[]> six = bytes(PytorchVectors.read("grey-vectors").get("images"));
        List<byte[]> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(six.get(i % 6));
        }
        try (ExpertModel model =
                ExpertModel.load(file, Sha256.of(file), architecture(8), PREPROCESSING)) {
            float[][] alone = model.logits(six);

            // When
            float[][] together = model.logits(many);

            // Then
            for (int i = 0; i < 40; i++) {
                assertThat(together[i]).containsExactly(alone[i % 6], within(1e-5f));
            }
        }
    }

    @Test
    void aFileWithAnotherHashIsNotLoaded() throws IOException {
        // Given
        Path file = weights();

        // Then
        assertThatThrownBy(
                        () ->
                                ExpertModel.load(
                                        file, "0".repeat(64), architecture(8), PREPROCESSING))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("another SHA-256");
    }

    @Test
    void weightsOfAnotherArchitectureAreRefusedNamingTheParameter() throws IOException {
        // Given
        Path file = weights();
        String sha256 = Sha256.of(file);

        // Then
        assertThatThrownBy(() -> ExpertModel.load(file, sha256, architecture(16), PREPROCESSING))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("features.0.weight");
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        assertThatThrownBy(
                        () ->
                                ExpertModel.load(
                                        folder.resolve("none.safetensors"),
                                        "0".repeat(64),
                                        architecture(8),
                                        PREPROCESSING))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not there");
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

    private static List<byte[]> bytes(FloatTensor images) {
        int floats = 28 * 28;
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < images.shape().get(0); i++) {
            byte[] raw = new byte[floats];
            for (int p = 0; p < floats; p++) {
                raw[p] = (byte) images.values()[i * floats + p];
            }
            pixels.add(raw);
        }
        return pixels;
    }
}
