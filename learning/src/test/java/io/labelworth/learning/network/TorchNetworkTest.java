package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchNetworkTest {

    /** What GPUs run, on the processor: the same operations, and PyTorch's logits as the judge. */
    @ParameterizedTest
    @CsvSource({"FP32, 0.0001", "BF16, 0.02"})
    void theConvNetAsOperationsOfLibtorchAnswersAsPytorchDoes(
            Precision precision, float tolerance) {
        // Given
        ConvNetShape shape = new ConvNetShape(3, 8, 1, 28, 28, 10);
        Map<String, FloatTensor> weights = PytorchVectors.read("grey-weights");
        FloatTensor logits = PytorchVectors.read("grey-vectors").get("logits");
        List<byte[]> images =
                PytorchVectors.pixels(PytorchVectors.read("grey-vectors").get("images"));
        float[] batch = new float[images.size() * shape.inputFloats()];
        Normalizer normalizer = new Normalizer(Experts.preprocessing(1));
        normalizer.normalize(images.size(), images::get, batch);
        try (TorchNetwork network =
                TorchNetwork.on(
                        ComputeDevice.CPU,
                        manager -> new ConvNetForward(shape, weights, manager, precision))) {
            // When
            float[][] answers = network.logits(batch, images.size());

            // Then
            for (int i = 0; i < answers.length; i++) {
                for (int c = 0; c < 10; c++) {
                    assertThat(answers[i][c])
                            .isCloseTo(logits.values()[i * 10 + c], within(tolerance));
                }
            }
        }
    }

    @Test
    void tooLittleMemoryIsToldFromOtherFailures() {
        // Given: a network that asks for more memory than there is
        assertThatThrownBy(
                        () ->
                                TorchNetwork.on(
                                        ComputeDevice.CPU,
                                        manager -> {
                                            manager.zeros(new Shape(1L << 50), DataType.FLOAT32);
                                            return null;
                                        }))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageNotContaining("\n");
    }
}
