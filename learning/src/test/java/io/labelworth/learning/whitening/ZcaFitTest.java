package io.labelworth.learning.whitening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.Safetensors;
import io.labelworth.learning.network.Whitening;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZcaFitTest {

    private static final DatasetInfo INFO =
            new DatasetInfo(
                    "bytes",
                    "bytes-1",
                    2,
                    2,
                    3,
                    4,
                    List.of(0.2861f, 0.4f),
                    List.of(0.3530f, 0.25f));
    private static final int FLOATS = 24;
    private static final double EPS = 0.1;

    @Test
    void imagesAreWhitenedAsTheReferenceWhitensThem() throws IOException {
        Map<String, FloatTensor> vectors = vectors();
        List<byte[]> images = images(vectors.get("images"));

        float[] whitened = whitened(images, EPS);

        float[] expected = vectors.get("whitened").values();
        for (int i = 0; i < expected.length; i++) {
            assertThat(whitened[i]).isCloseTo(expected[i], within(2e-5f));
        }
    }

    @Test
    void whatWasCorrelatedIsNotAndNoVarianceExceedsOne() throws IOException {
        List<byte[]> images = images(vectors().get("images"));

        // Of U S U^T there is U S/(S + eps) U^T left, which is the identity but for the corner
        // that never varies when eps is next to nothing
        double[][] left = covariance(whitened(images, 1e-7), images.size());

        for (int i = 0; i < FLOATS; i++) {
            for (int j = 0; j < FLOATS; j++) {
                boolean corner = i % (FLOATS / 2) == 0;
                assertThat(left[i][j]).isCloseTo(i == j && !corner ? 1 : 0, within(1e-3));
            }
        }
    }

    @Test
    void theSameImagesGiveTheSameBitsAndAnotherEpsGivesOthers() throws IOException {
        List<byte[]> images = images(vectors().get("images"));

        String once = fit(images, EPS).zca().sha256();

        assertThat(fit(images, EPS).zca().sha256()).isEqualTo(once);
        assertThat(fit(images, 0.2).zca().sha256()).isNotEqualTo(once);
    }

    @Test
    void anImageIsWhitenedAlikeInWhateverCompany() throws IOException {
        List<byte[]> images = images(vectors().get("images"));
        Normalizer normalizer = normalizer(fit(images, EPS));
        float[] together = new float[images.size() * FLOATS];
        normalizer.normalize(images.size(), images::get, together);

        for (int i = 0; i < images.size(); i++) {
            float[] alone = new float[FLOATS];
            byte[] image = images.get(i);
            normalizer.normalize(1, ignored -> image, alone);
            for (int p = 0; p < FLOATS; p++) {
                assertThat(alone[p]).isEqualTo(together[i * FLOATS + p]);
            }
        }
    }

    private static double[][] covariance(float[] images, int count) {
        double[][] covariance = new double[FLOATS][FLOATS];
        for (int i = 0; i < FLOATS; i++) {
            for (int j = 0; j < FLOATS; j++) {
                // Means are 0 by now
                for (int k = 0; k < count; k++) {
                    covariance[i][j] +=
                            (double) images[k * FLOATS + i] * images[k * FLOATS + j] / (count - 1);
                }
            }
        }
        return covariance;
    }

    private static float[] whitened(List<byte[]> images, double eps) {
        float[] floats = new float[images.size() * FLOATS];
        normalizer(fit(images, eps)).normalize(images.size(), images::get, floats);
        return floats;
    }

    private static Whitening fit(List<byte[]> images, double eps) {
        return ZcaFit.of(new ByteImages(INFO, images), eps);
    }

    private static Normalizer normalizer(Whitening whitening) {
        return new Normalizer(
                Preprocessing.of(INFO).whitened(whitening.zca()), Optional.of(whitening));
    }

    private static List<byte[]> images(FloatTensor values) {
        List<byte[]> images = new ArrayList<>();
        for (int start = 0; start < values.values().length; start += FLOATS) {
            byte[] image = new byte[FLOATS];
            for (int p = 0; p < FLOATS; p++) {
                image[p] = (byte) values.values()[start + p];
            }
            images.add(image);
        }
        return images;
    }

    private static Map<String, FloatTensor> vectors() throws IOException {
        try (InputStream in =
                ZcaFitTest.class.getResourceAsStream("/pytorch/zca-vectors.safetensors")) {
            return Safetensors.decode(in.readAllBytes());
        }
    }
}
