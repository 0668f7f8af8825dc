package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements come from outside: only what was announced, under the root, is loaded. */
class ExpertLoaderTest {

    @TempDir private Path directory;
    private Path root;
    private ExpertCheckpoint checkpoint;

    @BeforeEach
    void writeExpert() {
        root = directory.resolve("root");
        String sha256 =
                WeightsFile.write(
                        root.resolve("expert.safetensors"),
                        Initialisation.weights(ConvNetShape.of(Announcements.ARCHITECTURE), 1));
        checkpoint = Announcements.checkpoint("expert", sha256);
    }

    @Test
    void whatWasAnnouncedIsLoaded() throws CheckpointRefusedException {
        try (Expert expert =
                new ExpertLoader(root, List.of()).load(checkpoint, ComputeDevice.CPU)) {
            assertThat(expert.classes()).isEqualTo(2);
            assertThat(expert.imageBytes()).isEqualTo(16);
            assertThat(expert.codec().name()).isEqualTo("fp32");
        }
    }

    @Test
    void anotherFileThanAnnouncedIsRefused() throws IOException {
        Files.write(root.resolve("expert.safetensors"), new byte[100]);

        CheckpointRefusedException refusal = refusal(checkpoint);

        assertThat(refusal.kind()).isEqualTo("unusable-model");
        assertThat(refusal).hasMessageContaining("SHA-256");
    }

    @Test
    void aLinkOutOfTheRootIsRefused() throws IOException {
        Path outside = directory.resolve("outside.safetensors");
        Files.copy(root.resolve("expert.safetensors"), outside);
        Files.createSymbolicLink(root.resolve("link.safetensors"), outside);

        CheckpointRefusedException refusal = refusal(changed().setUri("link.safetensors").build());

        assertThat(refusal.kind()).isEqualTo("outside-root");
    }

    @Test
    void eachThingThatCannotBeUsedHasItsKind() {
        assertThat(kind(changed().setUri("../outside.safetensors"))).isEqualTo("outside-root");
        assertThat(kind(changed().setUri("/etc/passwd"))).isEqualTo("outside-root");
        assertThat(kind(changed().setUri("none.safetensors"))).isEqualTo("missing-file");
        assertThat(kind(changed().setFormat("pickle"))).isEqualTo("unknown-format");
        assertThat(kind(changed().setPrecision("fp8"))).isEqualTo("unknown-precision");
        assertThat(kind(changed().setCodec(new Choice("zip", Map.of()))))
                .isEqualTo("unknown-codec");
        assertThat(kind(changed().setArchitecture(new Choice("vit", Map.of()))))
                .isEqualTo("unusable-model");
        assertThat(kind(changed().setPreprocessing(new Choice("zca", Map.of()))))
                .isEqualTo("unusable-model");
        assertThat(kind(changed().setLabellingId("f".repeat(64)))).isEqualTo("wrong-labelling-id");
    }

    private ExpertCheckpoint.Builder changed() {
        return ExpertCheckpoint.newBuilder(checkpoint);
    }

    private String kind(ExpertCheckpoint.Builder changed) {
        return refusal(changed.build()).kind();
    }

    private CheckpointRefusedException refusal(ExpertCheckpoint announced) {
        return catchThrowableOfType(
                CheckpointRefusedException.class,
                () -> new ExpertLoader(root, List.of()).load(announced, ComputeDevice.CPU));
    }
}
