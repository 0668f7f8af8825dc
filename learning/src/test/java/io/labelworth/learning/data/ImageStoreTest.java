package io.labelworth.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.labelworth.learning.data.ImageException.Kind;
import io.labelworth.learning.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References come from a topic that anyone may write to. */
class ImageStoreTest {

    private static final int BYTES = TinyDataset.SIDE * TinyDataset.SIDE;

    @TempDir private Path folder;
    private Path root;
    private Candidate candidate;

    @BeforeEach
    void makeDataset() {
        root = folder.resolve("root");
        candidate = TinyDataset.create(root, 10, 2).candidates(1).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "tiny/none#0, MISSING_FILE",
        "tiny/train-labels-idx1-ubyte#0, UNDECODABLE",
        "tiny/train-images-idx3-ubyte, UNDECODABLE",
        "tiny/train-images-idx3-ubyte#x, UNDECODABLE",
        "tiny/train-images-idx3-ubyte#-1, UNDECODABLE",
        "tiny/train-images-idx3-ubyte#40, UNDECODABLE",
        "tiny/train-images-idx3-ubyte#99999999999, UNDECODABLE",
        "../secret#0, OUTSIDE_ROOT",
        "tiny/../../secret#0, OUTSIDE_ROOT",
        "/etc/passwd#0, OUTSIDE_ROOT",
        "file:///etc/passwd#0, OUTSIDE_ROOT",
        "#0, OUTSIDE_ROOT"
    })
    void aReferenceThatGivesNoImageSaysWhy(String uri, Kind kind) {
        // When
        ImageException refused = refused(uri, candidate.sha256(), BYTES);

        // Then
        assertThat(refused.kind()).isEqualTo(kind);
    }

    @Test
    void aSymbolicLinkOutOfTheRootIsRefused() throws IOException {
        // Given
        Files.move(root.resolve("tiny"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("tiny"), folder.resolve("elsewhere"));

        // When
        ImageException refused = refused(candidate.uri(), candidate.sha256(), BYTES);

        // Then
        assertThat(refused.kind()).isEqualTo(Kind.OUTSIDE_ROOT);
    }

    @Test
    void otherPixelsThanAnnouncedAreRefused() {
        // When
        ImageException refused = refused(candidate.uri(), "0".repeat(64), BYTES);

        // Then
        assertThat(refused.kind()).isEqualTo(Kind.WRONG_HASH);
        assertThat(refused.kind().text()).isEqualTo("wrong-hash");
    }

    @Test
    void aFileThatWasPutRightIsReadAsItIsNow() throws Exception {
        // Given a store that has found the file damaged
        Path file = root.resolve("tiny/train-images-idx3-ubyte");
        Path right = Files.copy(file, folder.resolve("right"));
        byte[] damaged = Files.readAllBytes(file);
        Arrays.fill(damaged, 16, damaged.length, (byte) 7);
        Files.write(file, damaged);
        ImageStore store = new ImageStore(root);
        assertThat(
                        catchThrowableOfType(
                                        ImageException.class,
                                        () ->
                                                store.read(
                                                        candidate.uri(), candidate.sha256(), BYTES))
                                .kind())
                .isEqualTo(Kind.WRONG_HASH);

        // When
        Files.move(right, file, StandardCopyOption.REPLACE_EXISTING);

        // Then
        assertThat(store.read(candidate.uri(), candidate.sha256(), BYTES)).hasSize(BYTES);
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        // When
        ImageException refused = refused(candidate.uri(), candidate.sha256(), BYTES + 1);

        // Then
        assertThat(refused.kind()).isEqualTo(Kind.UNDECODABLE);
    }

    private ImageException refused(String uri, String sha256, int bytes) {
        ImageStore store = new ImageStore(root);
        return catchThrowableOfType(ImageException.class, () -> store.read(uri, sha256, bytes));
    }
}
