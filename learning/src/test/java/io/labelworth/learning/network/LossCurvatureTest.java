package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.random.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class LossCurvatureTest {

    // More images than a chunk has, so that chunks are added up.
    private static final int IMAGES = ConvNet.CHUNK + 5;
    private static final ConvNetShape SHAPE = new ConvNetShape(2, 6, 1, 12, 12, 4);

    private final float[] batch = random("batch", IMAGES * SHAPE.inputFloats(), 1);
    private final float[][] targets =
            IntStream.range(0, IMAGES)
                    .mapToObj(i -> SoftLabels.softmax(random("target" + i, 4, 2), 1))
                    .toArray(float[][]::new);

    @Test
    void theHessianOfTheLastLayerIsThatOfSoftmaxRegression() {
        try (ConvNet network = network();
                LossCurvature curvature = new LossCurvature(SHAPE)) {
            // Given: a direction that moves the last biases only
            float[] direction = new float[network.parameterFloats()];
            int start = startOf("classifier.bias");
            float[] d = {1, -0.5f, 0.25f, 2};
            System.arraycopy(d, 0, direction, start, d.length);

            // When
            float[] product = new float[direction.length];
            float[][] moved = curvature.times(weights(network), direction, batch, targets, product);

            // Then: each logit moves as its bias; (diag(q) - q q') d, mean over the images
            assertThat(moved).isDeepEqualTo(repeated(d));
            double[] expected = new double[d.length];
            for (float[] logits : network.logits(batch, IMAGES)) {
                float[] q = SoftLabels.softmax(logits, 1);
                double mean = 0;
                for (int c = 0; c < d.length; c++) {
                    mean += q[c] * d[c];
                }
                for (int c = 0; c < d.length; c++) {
                    expected[c] += q[c] * (d[c] - mean) / IMAGES;
                }
            }
            for (int c = 0; c < d.length; c++) {
                assertThat((double) product[start + c]).isCloseTo(expected[c], within(1e-6));
            }
        }
    }

    @Test
    void theProductIsTheSlopeOfTheGradient() {
        // Given: so few units that no ReLU switches within the step; where one does, the gradient
        // jumps, which no derivative sees
        ConvNetShape small = new ConvNetShape(2, 2, 3, 4, 4, 3);
        float[] few = random("few", 2 * small.inputFloats(), 1);
        float[][] labels = {{0.7f, 0.2f, 0.1f}, {0.1f, 0.1f, 0.8f}};
        try (ConvNet network = new ConvNet(small, Initialisation.weights(small, 5), true);
                LossCurvature curvature = new LossCurvature(small)) {
            float[] weights = weights(network);
            float[] direction = direction(small, "direction");

            // When
            float[] product = new float[weights.length];
            float[][] moved = curvature.times(weights, direction, few, labels, product);

            // Then: within float32's noise
            float step = 5e-4f;
            float[] up = gradient(network, moved(weights, direction, step), few, labels);
            float[][] logitsUp = network.logits(few, 2);
            float[] down = gradient(network, moved(weights, direction, -step), few, labels);
            float[][] logitsDown = network.logits(few, 2);
            assertThat(distance(product, slope(up, down, step))).isLessThan(1e-2);
            for (int i = 0; i < 2; i++) {
                assertThat(distance(moved[i], slope(logitsUp[i], logitsDown[i], step)))
                        .isLessThan(1e-2);
            }
        }
    }

    @Test
    void theHessianIsSymmetricAndItsProductsRepeatToTheBit() {
        try (ConvNet network = network();
                LossCurvature curvature = new LossCurvature(SHAPE)) {
            // Given
            float[] weights = weights(network);
            float[] a = direction(SHAPE, "a");
            float[] b = direction(SHAPE, "b");
            float[] ofA = new float[weights.length];
            float[] ofB = new float[weights.length];
            float[] again = new float[weights.length];

            // When
            curvature.times(weights, a, batch, targets, ofA);
            curvature.times(weights, b, batch, targets, ofB);
            curvature.times(weights, a, batch, targets, again);

            // Then
            assertThat(dot(b, ofA)).isCloseTo(dot(a, ofB), within(1e-4 * Math.abs(dot(a, ofB))));
            assertThat(again).containsExactly(ofA);
        }
    }

    private static ConvNet network() {
        return new ConvNet(SHAPE, Initialisation.weights(SHAPE, 3), true);
    }

    private static float[] weights(ConvNet network) {
        float[] weights = new float[network.parameterFloats()];
        network.readParameters(weights);
        return weights;
    }

    private static float[] gradient(
            ConvNet network, float[] weights, float[] images, float[][] labels) {
        network.writeParameters(weights);
        network.train(
                images,
                labels.length,
                (i, logits, gradient) -> {
                    float[] q = SoftLabels.softmax(logits, 1);
                    for (int c = 0; c < q.length; c++) {
                        gradient[c] = (q[c] - labels[i][c]) / labels.length;
                    }
                });
        float[] gradient = new float[weights.length];
        network.takeGradients(gradient, new float[weights.length]);
        return gradient;
    }

    /** Zero between parameters, where the block is filled up. */
    private static float[] direction(ConvNetShape shape, String purpose) {
        List<Parameter> parameters = shape.parameters();
        int[] starts = ParameterStore.starts(parameters);
        try (ConvNet network = new ConvNet(shape, Initialisation.weights(shape, 0), false)) {
            return filled(new float[network.parameterFloats()], parameters, starts, purpose);
        }
    }

    private static float[] filled(
            float[] direction, List<Parameter> parameters, int[] starts, String purpose) {
        for (int p = 0; p < starts.length; p++) {
            float[] values = random(purpose + p, parameters.get(p).size(), 1);
            System.arraycopy(values, 0, direction, starts[p], values.length);
        }
        return direction;
    }

    private static int startOf(String name) {
        List<Parameter> parameters = SHAPE.parameters();
        return IntStream.range(0, parameters.size())
                .filter(p -> parameters.get(p).name().equals(name))
                .map(p -> ParameterStore.starts(parameters)[p])
                .findFirst()
                .orElseThrow();
    }

    private static float[][] repeated(float[] row) {
        float[][] rows = new float[IMAGES][];
        Arrays.fill(rows, row);
        return rows;
    }

    private static float[] moved(float[] weights, float[] direction, float step) {
        float[] moved = weights.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }

    private static float[] slope(float[] up, float[] down, float step) {
        float[] slope = new float[up.length];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (up[i] - down[i]) / (2 * step);
        }
        return slope;
    }

    /** Euclidean, relative to the second. */
    private static double distance(float[] a, float[] b) {
        float[] difference = a.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= b[i];
        }
        return Math.sqrt(dot(difference, difference) / dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] random(String purpose, int size, float scale) {
        UniformRandomProvider random = Seeds.stream(1, purpose);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = scale * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
