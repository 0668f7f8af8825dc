package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionLossTest {

    private static final String CONVNET =
            "convnet(depth=2,width=4,channels=1,imageHeight=12,imageWidth=12,classes=5)";

    @TempDir private Path folder;

    @Test
    void theDivergenceIsThatOfTheSoftmaxes() {
        // Given: a network that answers the same to every image, by its bias alone
        Path uniform = constant(0, 0, 0, 0, 0);
        try (ExpertModel exact = Experts.load(uniform, CONVNET, Precision.FP32);
                ExpertModel reduced =
                        Experts.load(constant(2, 0, 0, 0, 0), CONVNET, Precision.FP32)) {
            // When
            PrecisionLoss loss =
                    PrecisionLoss.of(exact, reduced, List.of(new byte[144], new byte[144]));

            // Then: KL of uniform from softmax(2, 0, 0, 0, 0) is log((e^2 + 4) / 5) - 2/5
            assertThat(loss.meanDivergence())
                    .isCloseTo(Math.log((Math.exp(2) + 4) / 5) - 0.4, within(1e-6));
            assertThat(loss.maxLogitDifference()).isEqualTo(2);
            assertThat(loss.agreement()).isEqualTo(1);
            assertThat(loss.images()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    convnet-fp32   | convnet        | convnet(depth=2,width=4,channels=1,imageHeight=12,imageWidth=12,classes=5)
                    resnet18-small | resnet18-small | resnet(depth=18,stem=small,width=2,channels=1,imageHeight=13,imageWidth=13,classes=6)
                    """)
    void bf16CostsLittleAndNotNothing(String weights, String vectors, String architecture) {
        // Given
        assumeTrue(ComputeDevice.CPU.hasBf16());
        String file = weights + "-weights.safetensors";
        List<byte[]> images =
                PytorchVectors.pixels(PytorchVectors.read(vectors + "-vectors").get("images"));
        try (ExpertModel exact = Experts.load(folder, file, architecture, Precision.FP32);
                ExpertModel reduced = Experts.load(folder, file, architecture, Precision.BF16)) {
            // When
            PrecisionLoss loss = PrecisionLoss.of(exact, reduced, images);

            // Then: bfloat16 has 8 significant bits
            assertThat(loss.maxLogitDifference()).isBetween(1e-5, 0.05);
            assertThat(loss.meanDivergence()).isBetween(0.0, 1e-3);
        }
    }

    private Path constant(float... logits) {
        Map<String, FloatTensor> weights =
                new LinkedHashMap<>(PytorchVectors.read("convnet-fp32-weights"));
        FloatTensor linear = weights.get("classifier.weight");
        weights.put(
                "classifier.weight",
                new FloatTensor(linear.shape(), new float[linear.values().length]));
        weights.put("classifier.bias", new FloatTensor(List.of(logits.length), logits));
        return Experts.copy(folder, Safetensors.encode(weights));
    }
}
