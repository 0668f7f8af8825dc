package io.labelworth.learning.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each family on images small enough to work out by hand. */
class DsaAugmentationTest {

    private static final ImageSize TWO_BY_THREE = new ImageSize(1, 2, 3);
    private static final ImageSize THREE = new ImageSize(1, 3, 3);

    @Test
    void brightnessAdds() {
        // Given
        float[] image = {0, 1};

        // When
        new Colour(new ImageSize(1, 1, 2)).brightness(image, 0, 0.75f);

        // Then
        assertThat(image).containsExactly(0.25f, 1.25f);
    }

    @Test
    void saturationMovesChannelsAwayFromTheirMean() {
        // Given: two channels of two pixels; means of the pixels are 2 and 1
        float[] image = {1, 0, 3, 2};

        // When
        new Colour(new ImageSize(2, 1, 2)).saturation(image, 0, 1f);

        // Then
        assertThat(image).containsExactly(0, -1, 4, 3);
    }

    @Test
    void contrastMovesPixelsAwayFromTheImagesMean() {
        // Given: the mean over both channels is 1.5
        float[] image = {1, 0, 3, 2};

        // When
        new Colour(new ImageSize(2, 1, 2)).contrast(image, 0, 0f);

        // Then
        assertThat(image).containsExactly(1.25f, 0.75f, 2.25f, 1.75f);
    }

    @Test
    void cropShiftsAndFillsWithZeros() {
        // Given
        float[] image = {1, 2, 3, 4, 5, 6};

        // When
        new Crop(TWO_BY_THREE).shift(image, 0, 1, -1);

        // Then
        assertThat(image).containsExactly(0, 4, 5, 0, 0, 0);
    }

    @Test
    void cropMovesByAnEighthOfTheSideAtMost() {
        assertThat(Sides.rounded(0.125, 28)).isEqualTo(4);
        assertThat(Sides.rounded(0.125, 32)).isEqualTo(4);
        assertThat(Sides.rounded(0.5, 28)).isEqualTo(14);
    }

    @Test
    void cutoutErasesASquareClippedAtTheBorder() {
        // Given
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        // When
        new Cutout(THREE).erase(image, 0, -1, 1, 2, 4);

        // Then
        assertThat(image).containsExactly(1, 0, 0, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void flipMirrorsEachRow() {
        // Given
        float[] image = {1, 2, 3, 4, 5, 6};

        // When
        new Flip(TWO_BY_THREE).mirror(image, 0);

        // Then
        assertThat(image).containsExactly(3, 2, 1, 6, 5, 4);
    }

    @Test
    void scalingByTwoSamplesTwiceAsFarOutAndZeroOutside() {
        // Given: corners are aligned, so the centre stays and its neighbours lie outside
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        // When
        new Affine(THREE).apply(image, 0, 2, 0, 0, 2);

        // Then
        assertThat(image).containsExactly(0, 0, 0, 0, 5, 0, 0, 0, 0);
    }

    @Test
    void scalingByAHalfInterpolatesBetweenPixels() {
        // Given
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        // When
        new Affine(THREE).apply(image, 0, 0.5, 0, 0, 1);

        // Then
        assertThat(image).containsExactly(1.5f, 2, 2.5f, 4.5f, 5, 5.5f, 7.5f, 8, 8.5f);
    }

    @Test
    void aQuarterTurnTakesCornersToCorners() {
        // Given
        float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        // When
        new Rotate(THREE).turn(image, 0, StrictMath.PI / 2);

        // Then: the pixel at (x, y) becomes the one at (-y, x)
        assertThat(image).containsExactly(new float[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, within(1e-5f));
    }

    @Test
    void imagesOfABatchAreChangedAlikeInKindButEachInItsOwnWay() {
        // Given: many equal images
        ImageSize size = new ImageSize(1, 16, 16);
        DsaAugmentation augmentation = new DsaAugmentation(size, Seeds.stream(1, "test"));

        // When
        Set<Integer> versions = new HashSet<>();
        for (int batch = 0; batch < 30; batch++) {
            versions.add(versions(augmentation, size));
        }

        // Then: flips give two versions of an image, other families many
        assertThat(versions).contains(2);
        assertThat(versions).anyMatch(count -> count > 20);
    }

    @Test
    void theSameStreamAugmentsTheSameWay() {
        // Given
        ImageSize size = new ImageSize(3, 8, 8);
        float[] first = ramp(size, 4);
        float[] second = ramp(size, 4);
        DsaAugmentation one = new DsaAugmentation(size, Seeds.stream(9, "test"));
        DsaAugmentation other = new DsaAugmentation(size, Seeds.stream(9, "test"));

        for (int batch = 0; batch < 20; batch++) {
            // When
            one.apply(first, 4);
            other.apply(second, 4);

            // Then
            assertThat(first).isEqualTo(second);
        }
    }

    private static int versions(DsaAugmentation augmentation, ImageSize size) {
        int images = 40;
        float[] batch = ramp(size, images);
        augmentation.apply(batch, images);
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < images; i++) {
            int start = i * size.floats();
            different.add(Arrays.hashCode(Arrays.copyOfRange(batch, start, start + size.floats())));
        }
        return different.size();
    }

    private static float[] ramp(ImageSize size, int images) {
        float[] batch = new float[images * size.floats()];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = 1 + i % size.floats();
        }
        return batch;
    }
}
