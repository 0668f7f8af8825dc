package io.labelworth.learning.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.testing.TinyDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelLearningTest {

    private static final LabelRecipe RECIPE = new LabelRecipe(15, 12, 6, 0.3, 64);
    private static final LabelRecipe SHORT = new LabelRecipe(3, 5, 2, 0.3, 16);

    @TempDir private Path root;
    private Dataset dataset;
    private List<byte[]> pixels;
    private int[] classes;

    @BeforeEach
    void oneImagePerClass() throws ImageException {
        dataset = TinyDataset.create(root, 60, 4);
        List<Candidate> images = dataset.candidates(1);
        ImageStore store = new ImageStore(root);
        pixels = new ArrayList<>();
        for (Candidate image : images) {
            pixels.add(store.read(image.uri(), image.sha256(), dataset.info().imageBytes()));
        }
        classes = images.stream().mapToInt(Candidate::imageClass).toArray();
    }

    @Test
    void studentsOfLearnedLabelsDoBetterOnRealImages() {
        // When
        List<Double> losses = new ArrayList<>();
        float[][] logits = learn(RECIPE, 7, losses);

        // Then
        assertThat(mean(losses.subList(10, 15))).isLessThan(0.9 * mean(losses.subList(0, 5)));
        assertThat(logits).hasDimensions(classes.length, TinyDataset.CLASSES);
        for (int i = 0; i < classes.length; i++) {
            assertThat(logits[i]).doesNotContain((float) StrictMath.log(3));
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        float[][] once = learn(SHORT, 7, new ArrayList<>());

        assertThat(learn(SHORT, 7, new ArrayList<>())).isDeepEqualTo(once);
        assertThat(Arrays.deepEquals(learn(SHORT, 8, new ArrayList<>()), once)).isFalse();
    }

    private float[][] learn(LabelRecipe recipe, long seed, List<Double> losses) {
        return new LabelLearning(dataset, Architecture.convnet(2, 4), recipe, seed)
                .run(pixels, classes, 10, (step, loss, accuracy) -> losses.add(loss));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(d -> d).average().orElseThrow();
    }
}
