package io.labelworth.labeler.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.network.WeightsFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as PyTorch writes them, from the first byte to the last. */
class WeightsContentTest {

    @TempDir private Path folder;

    @Test
    void aSafetensorsFileIsWholeWithItsLastByte() throws IOException {
        // Given
        byte[] content = resource("resnet18-small-weights.safetensors");

        // Then
        for (int length = 0; length < content.length; length += 97) {
            assertThat(of(Arrays.copyOf(content, length)).whole()).as("%d", length).isFalse();
        }
        assertThat(of(Arrays.copyOf(content, content.length - 1)).whole()).isFalse();
        assertThat(of(content).whole()).isTrue();
        assertThat(of(content).format()).contains(WeightsFormat.SAFETENSORS);
    }

    @Test
    void aTorchScriptFileIsWholeWithItsTableOfContents() throws IOException {
        // Given
        byte[] content = resource("convnet.pt");

        // Then
        for (int length = 0; length < content.length; length += 97) {
            assertThat(of(Arrays.copyOf(content, length)).whole()).as("%d", length).isFalse();
        }
        assertThat(of(Arrays.copyOf(content, content.length - 1)).whole()).isFalse();
        assertThat(of(content).whole()).isTrue();
        assertThat(of(content).format()).contains(WeightsFormat.TORCHSCRIPT);
    }

    @Test
    void anythingElseIsNeither() throws IOException {
        assertThat(of("{\"step\": 5000}".getBytes(StandardCharsets.UTF_8)).format()).isEmpty();
        assertThat(of(new byte[100]).format()).isEmpty();
        assertThat(of(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{'}).format()).isEmpty();
        assertThat(of(new byte[] {5, 0, 0, 0, 0, 0, 0, 0, '{', 'x', 'x', 'x', 'x'}).format())
                .isEmpty();
    }

    private WeightsContent of(byte[] content) throws IOException {
        return WeightsContent.of(Files.write(folder.resolve("file"), content));
    }

    private byte[] resource(String name) throws IOException {
        return Files.readAllBytes(Given.expert(name, folder.resolve(name)));
    }
}
