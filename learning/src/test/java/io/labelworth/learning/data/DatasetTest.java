package io.labelworth.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.testing.TinyDataset;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    private static final int PER_CLASS = 30;

    @TempDir private Path root;
    private Dataset dataset;

    @BeforeEach
    void makeDataset() {
        dataset = TinyDataset.create(root, PER_CLASS, 5);
    }

    @Test
    void aTenthOfEachClassIsHeldOutAndNothingElse() {
        // When
        Set<String> train = hashes(dataset.train());
        Set<String> validation = hashes(dataset.validation());

        // Then
        assertThat(dataset.validation().size()).isEqualTo(3 * TinyDataset.CLASSES);
        assertThat(dataset.train().size()).isEqualTo(27 * TinyDataset.CLASSES);
        assertThat(train).doesNotContainAnyElementsOf(validation).hasSize(dataset.train().size());
        assertThat(dataset.test().size()).isEqualTo(5 * TinyDataset.CLASSES);
    }

    @Test
    void theFirstValidationImagesAreBalanced() {
        for (int i = 0; i < dataset.validation().size(); i++) {
            assertThat(dataset.validation().imageClass(i)).isEqualTo(i % TinyDataset.CLASSES);
        }
    }

    @Test
    void wideningThePoolAppendsRanks() {
        // When
        List<Candidate> small = dataset.candidates(4);
        List<Candidate> large = dataset.candidates(27);

        // Then
        assertThat(small).hasSize(4 * TinyDataset.CLASSES);
        assertThat(large).startsWith(small.toArray(new Candidate[0]));
        assertThat(large).extracting(Candidate::imageId).doesNotHaveDuplicates();
    }

    @Test
    void candidatesAreTrainingImagesOnly() {
        // When
        List<Candidate> all = dataset.candidates(dataset.largestPool());

        // Then
        assertThat(all)
                .extracting(Candidate::sha256)
                .containsExactlyInAnyOrderElementsOf(hashes(dataset.train()));
    }

    @Test
    void aPoolThatAClassCannotFillIsRefused() {
        assertThatThrownBy(() -> dataset.candidates(28))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("1 to 27");
    }

    @Test
    void aCandidatesReferenceLeadsToItsPixels() throws ImageException {
        // Given
        ImageStore store = new ImageStore(root);

        for (Candidate candidate : dataset.candidates(2)) {
            // When
            byte[] pixels =
                    store.read(candidate.uri(), candidate.sha256(), dataset.info().imageBytes());

            // Then
            assertThat(Sha256.of(pixels)).isEqualTo(candidate.sha256());
        }
    }

    private Set<String> hashes(Split split) {
        Set<String> hashes = new HashSet<>();
        byte[] pixels = new byte[dataset.info().imageBytes()];
        for (int i = 0; i < split.size(); i++) {
            split.pixels(i, pixels, 0);
            hashes.add(Sha256.of(pixels));
        }
        return hashes;
    }
}
