package io.labelworth.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingPartsTest {

    @Test
    void theGradientOfTheLossIsItsSlope() {
        // Given: a target that does not sum to 1
        float[] logits = {0.3f, -1.2f, 2f};
        float[] target = {0.5f, 0.1f, 0.2f};
        float[] gradient = new float[3];
        float[] unused = new float[3];

        // When
        SoftCrossEntropy.loss(logits, target, 1, gradient);

        // Then
        float step = 1e-2f;
        for (int c = 0; c < 3; c++) {
            float[] up = logits.clone();
            float[] down = logits.clone();
            up[c] += step;
            down[c] -= step;
            double slope =
                    (SoftCrossEntropy.loss(up, target, 1, unused)
                                    - SoftCrossEntropy.loss(down, target, 1, unused))
                            / (up[c] - down[c]);
            assertThat((double) gradient[c]).isCloseTo(slope, within(1e-4));
        }
    }

    @Test
    void aTargetWeighsItsImageByItsSum() {
        // Given: a truncated target of sum 0.7, and an empty one
        float[] gradient = new float[2];
        float[] nothing = new float[2];

        // When
        double loss =
                SoftCrossEntropy.loss(new float[] {0, 0}, new float[] {0.5f, 0.2f}, 1, gradient);
        double none = SoftCrossEntropy.loss(new float[] {9, 1}, new float[] {0, 0}, 1, nothing);

        // Then: both classes are at 1/2, of which 0.35 is wanted
        assertThat(loss).isCloseTo(0.7 * Math.log(2), within(1e-7));
        assertThat(gradient).containsExactly(new float[] {-0.15f, 0.15f}, within(1e-7f));
        assertThat(none).isZero();
        assertThat(nothing).containsExactly(0, 0);
    }

    @Test
    void aHardLabelCostsTheLogarithmOfItsProbability() {
        // When
        double loss =
                SoftCrossEntropy.loss(new float[] {0, 0}, new float[] {1, 0}, 1, new float[2]);

        // Then
        assertThat(loss).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void everyPassSeesEveryImageOnceInANewOrder() {
        // Given
        Batches batches = new Batches(7, 3, Seeds.stream(1, "test"));

        // When
        List<List<Integer>> passes = List.of(pass(batches), pass(batches));

        // Then
        assertThat(passes.get(0)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(passes.get(1)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(passes.get(1)).isNotEqualTo(passes.get(0));
    }

    @Test
    void aSetOfSeveralViewsShowsEachImageOncePerPassInTheNextView() {
        // Given: pixels and targets that say which image and view they are
        TrainingSet set = new TrainingSet(new Views.OfPixels(2, 3), new Views.OfTargets(2, 3));
        Examples examples = Examples.of(set);

        // Then
        for (int pass = 0; pass < 7; pass++) {
            for (int i = 0; i < 2; i++) {
                assertThat(examples.pixels(i, pass)).containsExactly(i, pass % 3);
                assertThat(examples.target(i, pass)).containsExactly(i, pass % 3);
            }
        }
    }

    @Test
    void aBatchKnowsItsPass() {
        // Given
        Batches batches = new Batches(3, 2, Seeds.stream(1, "test"));

        // Then: two batches make a pass
        for (int batch = 0; batch < 6; batch++) {
            batches.next();
            assertThat(batches.pass()).isEqualTo(batch / 2);
        }
    }

    @Test
    void pixelsAndTargetsOfOtherNumbersAreNoSet() {
        assertThatThrownBy(
                        () -> new TrainingSet(new Views.OfPixels(2, 1), new Views.OfTargets(3, 1)))
                .hasMessage("2 images and 3 targets are no set");
        assertThatThrownBy(
                        () -> new TrainingSet(new Views.OfPixels(2, 4), new Views.OfTargets(2, 3)))
                .hasMessage("4 views of an image and 3 targets of it are no set");
    }

    @Test
    void threeEpochsAreSavedDenselyAtFirst() {
        assertThat(CheckpointSchedule.steps(211, 3)).containsExactly(26, 53, 106, 211, 422, 633);
    }

    @Test
    void fewStepsAreSavedOnceEach() {
        assertThat(CheckpointSchedule.steps(2, 5)).containsExactly(1, 2, 4, 8, 10);
    }

    private static List<Integer> pass(Batches batches) {
        List<Integer> images = new ArrayList<>();
        for (int size : new int[] {3, 3, 1}) {
            int[] batch = batches.next();
            assertThat(batch).hasSize(size);
            for (int image : batch) {
                images.add(image);
            }
        }
        return images;
    }
}
