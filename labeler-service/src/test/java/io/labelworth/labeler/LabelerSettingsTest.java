package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelerSettingsTest {

    @Test
    void anEmptyEnvironmentGivesTheDocumentedDefaults() {
        LabelerSettings settings = LabelerSettings.from(new Environment(Map.of()));

        assertThat(settings.instance()).isNotBlank();
        assertThat(settings.workers()).isEqualTo(1);
        assertThat(settings.batch()).isEqualTo(256);
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.dataRoot()).isEqualTo(Path.of("data/images").toAbsolutePath());
        assertThat(settings.checkpointRoot())
                .isEqualTo(Path.of("data/images/checkpoints").toAbsolutePath());
        assertThat(settings.devices()).isNotEmpty();
        assertThat(settings.memory()).isPositive();
        assertThat(settings.torchScriptDirs()).isEmpty();
    }

    @Test
    void theCheckpointRootFollowsTheDataRootUnlessItIsSet() {
        Map<String, String> onlyData = Map.of("LABELWORTH_DATA_ROOT", "/d");
        Map<String, String> both =
                Map.of("LABELWORTH_DATA_ROOT", "/d", "LABELWORTH_CHECKPOINT_ROOT", "/c");

        assertThat(LabelerSettings.from(new Environment(onlyData)).checkpointRoot())
                .isEqualTo(Path.of("/d/checkpoints"));
        assertThat(LabelerSettings.from(new Environment(both)).checkpointRoot())
                .isEqualTo(Path.of("/c"));
    }

    @Test
    void transactionalIdsAreStableForASlotOfAnInstance() {
        LabelerSettings settings =
                LabelerSettings.from(new Environment(Map.of("LABELWORTH_INSTANCE", "gpu-box")));

        assertThat(settings.transactionalId(2)).isEqualTo("labeler.gpu-box.2");
    }

    @Test
    void anInstanceNameThatCannotBePartOfAnIdIsRefused() {
        Environment spaced = new Environment(Map.of("LABELWORTH_INSTANCE", "my box"));

        assertThatThrownBy(() -> LabelerSettings.from(spaced))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("LABELWORTH_INSTANCE");
    }
}
