package io.labelworth.learning.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.augment.ImageSize;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.random.Seeds;
import io.labelworth.learning.view.Views.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewMakerTest {

    private static final int CLASSES = 3;
    private static final DatasetInfo DATASET =
            new DatasetInfo(
                    "tiny", "tiny-1", CLASSES, 2, 8, 6, List.of(0.5f, 0.5f), List.of(0.2f, 0.2f));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aViewFollowsFromImageNumberAndSeedAndLeavesItsImagesAlone(Kind kind) {
        byte[] image = filled(10);
        byte[] partner = filled(200);
        image[0] = 11;

        byte[] view = view(maker(kind, 1), "a", 0, image, partner);

        assertThat(view(maker(kind, 1), "a", 0, image, partner)).isEqualTo(view);
        assertThat(image).isEqualTo(changed(filled(10)));
        assertThat(partner).isEqualTo(filled(200));
    }

    @Test
    void cutMixShowsABoxOfThePartnerAtItsPlaceAndTheImageAroundIt() {
        byte[] image = filled(10);
        byte[] partner = new byte[image.length];
        for (int i = 0; i < partner.length; i++) {
            partner[i] = (byte) (100 + i);
        }
        Set<List<Integer>> boxes = new HashSet<>();
        double shown = 0;
        for (int v = 0; v < 1000; v++) {
            byte[] mixed = maker(Kind.CUTMIX, 5).view("image", v, image, partner);
            List<Integer> box = new ArrayList<>();
            for (int i = 0; i < mixed.length; i++) {
                if (mixed[i] != image[i]) {
                    assertThat(mixed[i]).isEqualTo(partner[i]);
                    box.add(i);
                }
            }
            // The same box in both channels, and no hole in it.
            int plane = 8 * 6;
            assertThat(box.stream().filter(i -> i >= plane).map(i -> i - plane).toList())
                    .isEqualTo(box.stream().filter(i -> i < plane).toList());
            List<Integer> first = box.stream().filter(i -> i < plane).toList();
            long rows = first.stream().map(i -> i / 6).distinct().count();
            long columns = first.stream().map(i -> i % 6).distinct().count();
            assertThat(rows * columns).isEqualTo(first.size());
            boxes.add(box);
            shown += first.size() / (double) plane;
        }
        assertThat(boxes).hasSizeGreaterThan(100);
        // Half of the area on average, less what the border cuts off and rounding down takes.
        assertThat(shown / 1000).isBetween(0.15, 0.4);
    }

    @Test
    void aPartnerIsAnyOtherImageOfTheSameRankOrALowerOne() {
        for (int rank = 0; rank < 4; rank++) {
            for (int imageClass = 0; imageClass < CLASSES; imageClass++) {
                ImagePlace own = new ImagePlace(imageClass, rank);
                Set<ImagePlace> expected = new HashSet<>();
                for (int r = 0; r <= rank; r++) {
                    for (int c = 0; c < CLASSES; c++) {
                        expected.add(new ImagePlace(c, r));
                    }
                }
                expected.remove(own);
                Set<ImagePlace> found = new HashSet<>();
                for (int v = 0; v < 300; v++) {
                    found.add(maker(Kind.CUTMIX, 1).partner("image", own, v).orElseThrow());
                }
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Test
    void cropsHaveNoPartner() {
        assertThat(maker(Kind.CROP, 1).partner("image", new ImagePlace(1, 1), 0)).isEmpty();
    }

    @Test
    void imageNumberAndSeedEachDrawAnotherView() {
        byte[] image = new byte[DATASET.imageBytes()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (i * i);
        }
        assertThat(
                        List.of(
                                Arrays.hashCode(maker(Kind.CROP, 1).view("a", 0, image)),
                                Arrays.hashCode(maker(Kind.CROP, 1).view("a", 1, image)),
                                Arrays.hashCode(maker(Kind.CROP, 1).view("b", 0, image)),
                                Arrays.hashCode(maker(Kind.CROP, 2).view("a", 0, image))))
                .doesNotHaveDuplicates();
    }

    @Test
    void aCropIsTorchsBilinearInterpolationOfItsPart() {
        // Given 5 rows of 6, and of rows 1 to 3, columns 2 to 5 what PyTorch 1.13 gives for
        // interpolate(crop, size=(5, 6), mode='bilinear', align_corners=False)
        int[] pixels = {
            0, 9, 36, 82, 146, 228, 78, 197, 83, 238, 161, 102, 61, 39, 35, 49, 81, 132, 201, 37,
            143, 16, 158, 67, 246, 192, 156, 139, 140, 159
        };
        double[] torch = {
            83, 160.5, 225.1667, 173.8333, 131.5, 102, 63.8, 113.1, 156.8333, 134.5667, 121.5, 114,
            35, 42, 54.3333, 75.6667, 106.5, 132, 99.8, 64.5, 45.5333, 110.8667, 110.1, 93, 143,
            79.5, 39.6667, 134.3333, 112.5, 67
        };
        byte[] image = new byte[pixels.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) pixels[i];
        }
        ImageSize size = new ImageSize(1, 5, 6);

        byte[] crop = new ResizedCrop(1, 2, 3, 4, false).of(image, size);
        byte[] flipped = new ResizedCrop(1, 2, 3, 4, true).of(image, size);

        for (int i = 0; i < torch.length; i++) {
            assertThat((double) (crop[i] & 0xFF)).isEqualTo(torch[i], within(0.501));
            assertThat(flipped[i / 6 * 6 + 5 - i % 6]).isEqualTo(crop[i]);
        }
        assertThat(new ResizedCrop(0, 0, 5, 6, false).of(image, size)).isEqualTo(image);
    }

    @Test
    void cropsCoverTheAreasAndAspectsAskedForAndFlipHalf() {
        ImageSize size = new ImageSize(1, 32, 32);
        UniformRandomProvider random = Seeds.stream(3, "crops");
        int flipped = 0;
        double smallest = 1;
        double largest = 0;
        for (int i = 0; i < 2000; i++) {
            ResizedCrop crop = ResizedCrop.draw(size, 0.25, random);
            double area = crop.height() * crop.width() / 1024.0;
            smallest = Math.min(smallest, area);
            largest = Math.max(largest, area);
            flipped += crop.flipped() ? 1 : 0;
            assertThat((double) crop.width() / crop.height()).isBetween(0.7, 1.43);
            assertThat(crop.top() + crop.height()).isLessThanOrEqualTo(32);
            assertThat(crop.left() + crop.width()).isLessThanOrEqualTo(32);
        }
        assertThat(smallest).isBetween(0.22, 0.3);
        assertThat(largest).isBetween(0.9, 1.0);
        assertThat(flipped).isBetween(900, 1100);
    }

    private static byte[] view(ViewMaker maker, String id, int view, byte[] image, byte[] partner) {
        return maker.views().mixes()
                ? maker.view(id, view, image, partner)
                : maker.view(id, view, image);
    }

    private static ViewMaker maker(Kind kind, long seed) {
        return new ViewMaker(new Views(kind, 1000, Views.LEAST_AREA, seed), DATASET);
    }

    private static byte[] filled(int value) {
        byte[] image = new byte[DATASET.imageBytes()];
        Arrays.fill(image, (byte) value);
        return image;
    }

    private static byte[] changed(byte[] image) {
        image[0] = 11;
        return image;
    }
}
