package io.labelworth.trainer.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.training.TrainingException;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.trainer.run.RunFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two images of four bytes, held or read again each time. */
class StoredPixelsTest {

    private static final int HEADER = 16;
    private static final byte[][] IMAGES = {{1, 2, 3, 4}, {5, 6, 7, 8}};

    @TempDir private Path root;
    private Path file;

    @BeforeEach
    void imagesOnDisk() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(HEADER + 8);
        content.putInt(0x803).putInt(2).putInt(2).putInt(2).put(IMAGES[0]).put(IMAGES[1]);
        file = Files.write(root.resolve("images"), content.array());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8})
    void theSamePixelsComeWhetherTheyAreHeldOrNot(long mostHeldBytes) {
        // Given
        StoredPixels pixels = pixels(mostHeldBytes);
        byte[] read = new byte[4];

        // Then: as often as they are asked for
        for (int i : new int[] {1, 0, 1}) {
            pixels.read(i, 0, read);
            assertThat(read).containsExactly(IMAGES[i]);
        }
        assertThat(pixels.size()).isEqualTo(2);
    }

    @Test
    void pixelsThatChangedSinceTheRunBeganAreNotTrainedOn() throws IOException {
        // Given
        StoredPixels pixels = pixels(7);

        // When
        try (FileChannel image = FileChannel.open(file, StandardOpenOption.WRITE)) {
            image.write(ByteBuffer.wrap(new byte[] {9}), HEADER);
        }

        // Then
        assertThatThrownBy(() -> pixels.read(0, 0, new byte[4]))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "images#0 holds other pixels than its SHA-256 says; it was right when the"
                                + " run began");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8})
    void pixelsThatAreWrongFromTheStartFailTheRunNamingTheImage(long mostHeldBytes) {
        StoredPixels pixels = new StoredPixels(new ImageStore(root), 4, 2, mostHeldBytes);

        assertThatThrownBy(() -> pixels.add(0, image(0, "0".repeat(64))))
                .isInstanceOf(RunFailedException.class)
                .hasMessageStartingWith("image train-0 (wrong-hash): images#0 holds other pixels");
    }

    private StoredPixels pixels(long mostHeldBytes) {
        StoredPixels pixels = new StoredPixels(new ImageStore(root), 4, 2, mostHeldBytes);
        for (int i = 0; i < IMAGES.length; i++) {
            pixels.add(i, image(i, Sha256.of(IMAGES[i])));
        }
        return pixels;
    }

    private static ImageRef image(int i, String sha256) {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId("train-" + i)
                .setUri("images#" + i)
                .setSha256(sha256)
                .setImageClass(0)
                .setRank(i)
                .build();
    }
}
