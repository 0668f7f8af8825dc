package io.labelworth.learning.whitening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Whitening;
import io.labelworth.learning.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhiteningsTest {

    private static final double EPS = 0.1;

    @TempDir private Path root;
    private Dataset dataset;

    @BeforeEach
    void create() {
        dataset = TinyDataset.create(root, 20, 5);
    }

    @Test
    void aWhiteningIsFittedOnceAndReadAfterwards() throws IOException {
        Whitening fitted = Whitenings.of(dataset, EPS).orElseThrow();
        Path file = root.resolve(TinyDataset.NAME).resolve(fitted.zca().fileName());
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        Whitening read = Whitenings.of(dataset, EPS).orElseThrow();

        assertThat(read.zca()).isEqualTo(fitted.zca());
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
        assertThat(Whitenings.of(dataset, 0.2).orElseThrow().zca()).isNotEqualTo(fitted.zca());
        assertThat(Whitenings.of(dataset, 0)).isEmpty();
    }

    @Test
    void whatIsNotWhatItsHashSaysIsFittedAgain() throws IOException {
        Whitening fitted = Whitenings.of(dataset, EPS).orElseThrow();
        Path folder = root.resolve(TinyDataset.NAME);
        Path file = folder.resolve(fitted.zca().fileName());
        byte[] content = Files.readAllBytes(file);
        byte[] tampered = content.clone();
        tampered[tampered.length - 1] ^= 1;
        Files.write(file, tampered);

        assertThatThrownBy(() -> Whitening.read(folder, fitted.zca()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("SHA-256");
        assertThat(Whitenings.of(dataset, EPS).orElseThrow().zca()).isEqualTo(fitted.zca());
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void imagesHeldOutForValidationAndTestImagesHaveNoPart() throws IOException {
        Whitening fitted = ZcaFit.of(dataset, EPS);
        byte[] one = new byte[dataset.info().imageBytes()];
        dataset.validation().pixels(0, one, 0);
        List<byte[]> train = new ArrayList<>();
        for (int i = 0; i < dataset.train().size(); i++) {
            byte[] image = new byte[dataset.info().imageBytes()];
            dataset.train().pixels(i, image, 0);
            train.add(image);
        }

        assertThat(ZcaFit.of(new ByteImages(dataset.info(), train), EPS).zca())
                .isEqualTo(fitted.zca());
        train.add(one);
        assertThat(ZcaFit.of(new ByteImages(dataset.info(), train), EPS).zca())
                .isNotEqualTo(fitted.zca());
    }
}
