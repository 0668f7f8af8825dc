package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Experts as PyTorch's training jobs leave them: what they answer here is what they answer there.
 */
class ForeignExpertsTest {

    private static final String CONVNET =
            "convnet(depth=2,width=4,channels=1,imageHeight=12,imageWidth=12,classes=5)";
    private static final String MODULE =
            "torchscript(channels=1,imageHeight=12,imageWidth=12,classes=5)";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    convnet-fp32-weights.safetensors     | convnet           | 0.0001 | convnet(depth=2,width=4,channels=1,imageHeight=12,imageWidth=12,classes=5)
                    convnet-fp16-weights.safetensors     | convnet           | 0.001  | convnet(depth=2,width=4,channels=1,imageHeight=12,imageWidth=12,classes=5)
                    convnet-bf16-weights.safetensors     | convnet           | 0.01   | convnet(depth=2,width=4,channels=1,imageHeight=12,imageWidth=12,classes=5)
                    resnet18-imagenet-weights.safetensors| resnet18-imagenet | 0.0001 | resnet(depth=18,stem=imagenet,width=2,channels=3,imageHeight=45,imageWidth=38,classes=6)
                    resnet18-small-weights.safetensors   | resnet18-small    | 0.0001 | resnet(depth=18,stem=small,width=2,channels=1,imageHeight=13,imageWidth=13,classes=6)
                    resnet50-small-weights.safetensors   | resnet50-small    | 0.0001 | resnet(depth=50,stem=small,width=2,channels=3,imageHeight=12,imageWidth=15,classes=6)
                    convnet.pt                           | convnet           | 0.0001 | torchscript(channels=1,imageHeight=12,imageWidth=12,classes=5)
                    resnet18-small.pt                    | resnet18-small    | 0.0001 | torchscript(channels=1,imageHeight=13,imageWidth=13,classes=6)
                    """)
    void logitsAreThoseThatPytorchComputes(
            String file, String vectors, float tolerance, String architecture) {
        // Given
        Map<String, FloatTensor> expected = PytorchVectors.read(vectors + "-vectors");
        List<byte[]> images = PytorchVectors.pixels(expected.get("images"));
        try (ExpertModel model = Experts.load(folder, file, architecture, Precision.FP32)) {
            // When
            float[][] logits = model.logits(images);

            // Then
            assertThat(flat(logits))
                    .containsExactly(expected.get("logits").values(), within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    it answers 32 images    | torchscript(channels=1,imageHeight=12,imageWidth=12,classes=6)
                    it fails on 32 images   | torchscript(channels=1,imageHeight=16,imageWidth=12,classes=5)
                    it fails on 32 images   | torchscript(channels=3,imageHeight=12,imageWidth=12,classes=5)
                    """)
    void aModuleThatDoesNotFitItsDescriptionIsRefusedInOneLine(String reason, String architecture) {
        assertThatThrownBy(() -> Experts.load(folder, "convnet.pt", architecture, Precision.FP32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aModuleThatAnswersWithMoreThanLogitsIsRefused() {
        assertThatThrownBy(() -> Experts.load(folder, "pair.pt", MODULE, Precision.FP32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not with one tensor of logits");
    }

    @Test
    void whatIsNoModuleIsRefusedInOneLine() {
        // Given
        Path noise = Experts.copy(folder, new byte[1000]);

        // Then
        assertThatThrownBy(() -> Experts.load(noise, MODULE, Precision.FP32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aModuleHasItsOwnPrecision() {
        assertThatThrownBy(() -> Experts.load(folder, "convnet.pt", MODULE, Precision.BF16))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("announce it as fp32");
    }

    @Test
    void anExpertThatAnswersWithNoNumberIsRefused() {
        // Given: one weight that training lost
        Map<String, FloatTensor> weights =
                new LinkedHashMap<>(PytorchVectors.read("convnet-fp32-weights"));
        weights.get("classifier.bias").values()[2] = Float.NaN;
        Path file = Experts.copy(folder, Safetensors.encode(weights));

        // Then
        assertThatThrownBy(() -> Experts.load(file, CONVNET, Precision.FP32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("it answers with NaN");
    }

    @Test
    void aFormatThatIsNotTheArchitecturesIsRefused() {
        // Given
        ExpertModel.Description description =
                new ExpertModel.Description(
                        WeightsFormat.TORCHSCRIPT,
                        Architecture.parse(CONVNET),
                        Experts.preprocessing(1),
                        Precision.FP32);

        // Then
        assertThatThrownBy(() -> description.requireFit(ComputeDevice.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not an architecture of torchscript files");
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return flat;
    }
}
