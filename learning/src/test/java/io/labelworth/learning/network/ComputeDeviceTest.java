package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu:0", "gpu:11"})
    void theTextFormReadsBack(String text) {
        assertThat(ComputeDevice.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "gpu:-1", "cuda:0", "gpu:1x", "auto"})
    void whatIsNoDeviceIsRefused(String text) {
        assertThatThrownBy(() -> ComputeDevice.parse(text))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is no device");
    }

    @Test
    void autoIsEveryGpuElseTheProcessor() {
        // Given
        List<ComputeDevice> gpus =
                IntStream.range(0, Torch.gpus()).mapToObj(ComputeDevice::new).toList();

        // Then
        assertThat(ComputeDevice.available("auto"))
                .isEqualTo(gpus.isEmpty() ? List.of(ComputeDevice.CPU) : gpus);
        assertThat(ComputeDevice.available(" cpu")).containsExactly(ComputeDevice.CPU);
    }

    @Test
    void aGpuThatIsNotThereIsRefusedInOneLine() {
        assertThatThrownBy(() -> ComputeDevice.available("cpu,gpu:999"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gpu:999 is not there")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> ComputeDevice.available("cpu,cpu"))
                .hasMessageContaining("named twice");
    }
}
