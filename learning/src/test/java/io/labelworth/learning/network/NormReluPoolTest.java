package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Sides are odd, so that a row and a column are left over by pooling. */
class NormReluPoolTest {

    private static final int HEIGHT = 5;
    private static final int WIDTH = 7;
    private static final int CHANNELS = 3;
    private static final float[] GAMMA = {1.5f, 0.5f, -1f};
    private static final float[] BETA = {0.1f, -0.2f, 0.3f};

    private final NormReluPool layer = new NormReluPool(HEIGHT, WIDTH, CHANNELS);
    private final UniformRandomProvider random = Seeds.stream(1, "test");
    private final float[][] x = image();
    private final float[] upstream = noise(layer.outputFloats());

    @Test
    void forwardIsTheTextbookFormula() {
        // When
        float[] output = forward(x);

        // Then
        double[][][] z = new double[CHANNELS][HEIGHT][WIDTH];
        for (int c = 0; c < CHANNELS; c++) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < HEIGHT * WIDTH; i++) {
                mean += at(i / WIDTH, i % WIDTH, c) / (HEIGHT * WIDTH);
            }
            for (int i = 0; i < HEIGHT * WIDTH; i++) {
                squares += Math.pow(at(i / WIDTH, i % WIDTH, c) - mean, 2);
            }
            double std = Math.sqrt(squares / (HEIGHT * WIDTH) + 1e-5);
            for (int i = 0; i < HEIGHT * WIDTH; i++) {
                double normal = (at(i / WIDTH, i % WIDTH, c) - mean) / std;
                z[c][i / WIDTH][i % WIDTH] = Math.max(0, normal * GAMMA[c] + BETA[c]);
            }
        }
        int out = 0;
        for (int row = 0; row < HEIGHT / 2; row++) {
            for (int column = 0; column < WIDTH / 2; column++) {
                for (int c = 0; c < CHANNELS; c++) {
                    double pooled =
                            z[c][2 * row][2 * column]
                                    + z[c][2 * row][2 * column + 1]
                                    + z[c][2 * row + 1][2 * column]
                                    + z[c][2 * row + 1][2 * column + 1];
                    assertThat((double) output[out++]).isCloseTo(pooled / 4, within(1e-5));
                }
            }
        }
    }

    @Test
    void backwardIsTheSlopeOfForward() {
        // Given
        float[] mean = new float[CHANNELS];
        float[] inverseStd = new float[CHANNELS];
        layer.forward(x, GAMMA, BETA, new float[layer.outputFloats()], mean, inverseStd);
        float[] gammaGradient = new float[CHANNELS];
        float[] betaGradient = new float[CHANNELS];
        float[][] dx = layer.newInput();

        // When
        layer.backward(x, upstream, GAMMA, BETA, mean, inverseStd, gammaGradient, betaGradient, dx);

        // Then
        for (int row = 0; row < HEIGHT; row++) {
            for (int k = 0; k < WIDTH * CHANNELS; k++) {
                assertThat((double) dx[row][k]).isCloseTo(slope(x[row], k), within(3e-3));
            }
        }
        for (int c = 0; c < CHANNELS; c++) {
            assertThat((double) gammaGradient[c]).isCloseTo(slope(GAMMA, c), within(3e-3));
            assertThat((double) betaGradient[c]).isCloseTo(slope(BETA, c), within(3e-3));
        }
    }

    @Test
    void aConstantPlaneGivesNoGradientAndNoNumbersThatAreNone() {
        // Given: a dead channel, whose rectifier sits at exactly zero
        float[][] flat = layer.newInput();
        float[] none = new float[CHANNELS];
        float[] mean = new float[CHANNELS];
        float[] inverseStd = new float[CHANNELS];
        float[][] dx = layer.newInput();
        float[] betaGradient = new float[CHANNELS];
        layer.forward(flat, GAMMA, none, new float[layer.outputFloats()], mean, inverseStd);

        // When
        layer.backward(
                flat, upstream, GAMMA, none, mean, inverseStd, none.clone(), betaGradient, dx);

        // Then
        assertThat(betaGradient).containsOnly(0f);
        for (float[] row : dx) {
            assertThat(row).containsExactly(new float[row.length], within(0f));
        }
    }

    private double slope(float[] values, int i) {
        float step = 2e-3f;
        float kept = values[i];
        values[i] = kept + step;
        double up = loss();
        values[i] = kept - step;
        double down = loss();
        values[i] = kept;
        return (up - down) / (2 * step);
    }

    private double loss() {
        float[] output = forward(x);
        double loss = 0;
        for (int i = 0; i < output.length; i++) {
            loss += output[i] * upstream[i];
        }
        return loss;
    }

    private float[] forward(float[][] image) {
        float[] output = new float[layer.outputFloats()];
        layer.forward(image, GAMMA, BETA, output, new float[CHANNELS], new float[CHANNELS]);
        return output;
    }

    private double at(int row, int column, int channel) {
        return x[row][column * CHANNELS + channel];
    }

    private float[][] image() {
        float[][] image = layer.newInput();
        for (int row = 0; row < HEIGHT; row++) {
            image[row] = noise(WIDTH * CHANNELS);
        }
        return image;
    }

    private float[] noise(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
