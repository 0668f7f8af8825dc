package io.labelworth.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.learning.network.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerSettingsTest {

    @Test
    void withoutVariablesThereIsAWorkerPerCoreAndANameOfTheHost() {
        // When
        TrainerSettings settings = TrainerSettings.from(new Environment(Map.of()));

        // Then
        assertThat(settings.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.instance()).isNotBlank();
        assertThat(settings.http()).isEqualTo(HttpAddress.loopback(8080));
    }

    @Test
    void variablesWin() {
        // When
        TrainerSettings settings =
                TrainerSettings.from(
                        new Environment(
                                Map.of(
                                        "LABELWORTH_INSTANCE", "trainer-0",
                                        "LABELWORTH_DEVICE", "cpu",
                                        "LABELWORTH_WORKERS", "3",
                                        "LABELWORTH_DATA_ROOT", "/data",
                                        "LABELWORTH_STATE_DIR", "/state",
                                        "LABELWORTH_HTTP_HOST", "0.0.0.0",
                                        "LABELWORTH_HTTP_PORT", "0")));

        // Then
        assertThat(settings)
                .isEqualTo(
                        new TrainerSettings(
                                "trainer-0",
                                List.of(ComputeDevice.CPU),
                                3,
                                Path.of("/data"),
                                Path.of("/state"),
                                new HttpAddress("0.0.0.0", 0)));
        assertThat(settings.worker(1)).isEqualTo("trainer.trainer-0.1");
    }

    @Test
    void workersAreDealtOutToTheDevices() {
        // Given
        List<ComputeDevice> two = List.of(new ComputeDevice(0), new ComputeDevice(1));

        // When
        TrainerSettings settings =
                new TrainerSettings(
                        "box", two, 5, Path.of("/data"), Path.of("/s"), HttpAddress.loopback(0));

        // Then
        assertThat(IntStream.range(0, 5).mapToObj(settings::device))
                .extracting(ComputeDevice::toString)
                .containsExactly("gpu:0", "gpu:1", "gpu:0", "gpu:1", "gpu:0");
    }

    @Test
    void aBadValueIsRefusedByName() {
        // Given
        Environment none = new Environment(Map.of("LABELWORTH_WORKERS", "none"));
        Environment slash = new Environment(Map.of("LABELWORTH_INSTANCE", "a/b"));

        Environment abacus = new Environment(Map.of("LABELWORTH_DEVICE", "abacus"));

        // When / Then
        assertThatThrownBy(() -> TrainerSettings.from(abacus))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LABELWORTH_DEVICE");
        assertThatThrownBy(() -> TrainerSettings.from(none))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LABELWORTH_WORKERS");
        assertThatThrownBy(() -> TrainerSettings.from(slash))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LABELWORTH_INSTANCE");
    }
}
