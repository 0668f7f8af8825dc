package io.labelworth.learning.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.random.Seeds;
import io.labelworth.learning.run.Optimiser;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class UnrolledStudentTest {

    // So few units, and steps so short, that no ReLU switches within a difference.
    private static final ConvNetShape SHAPE = new ConvNetShape(2, 3, 3, 4, 4, 3);
    private static final Optimiser.Sgd SGD = new Optimiser.Sgd(0.5, 0.5);
    private static final double RATE = 0.05;
    private static final long SEED = 11;
    private static final int STEPS = 6;

    private final float[] images = random("images", 4 * SHAPE.inputFloats());
    private final float[] batch = random("batch", 5 * SHAPE.inputFloats());
    private final float[][] wanted = rows("wanted", 5);
    private final float[][] targets = rows("targets", 4);

    @Test
    void theGradientThroughAllStepsIsTheSlope() {
        try (UnrolledStudent student = new UnrolledStudent(SHAPE, images, RATE, SGD)) {
            // When
            double[][] gradient = gradient(student, STEPS);

            // Then: central differences, moving a share from one class to another
            float step = 5e-4f;
            double error = 0;
            double size = 0;
            for (int i = 0; i < targets.length; i++) {
                for (int c = 1; c < SHAPE.classes(); c++) {
                    double slope =
                            (outcome(student, i, c, step) - outcome(student, i, c, -step))
                                    / (2 * step);
                    double along = gradient[i][c] - gradient[i][0];
                    error += (along - slope) * (along - slope);
                    size += slope * slope;
                }
            }
            assertThat(Math.sqrt(error / size)).isLessThan(1e-2);
        }
    }

    @Test
    void theGradientOfOneStepIsTheSlope() {
        // Given: one step from fixed weights moves them by the rate times a gradient that is linear
        // in the targets
        try (UnrolledStudent student = new UnrolledStudent(SHAPE, images, RATE, SGD)) {
            // When
            student.train(targets, SEED, 1, 1);
            double[][] one = new double[4][3];
            student.gradient(batch, wanted, targets, one);

            // Then
            float step = 1e-2f;
            for (int i = 0; i < 4; i++) {
                double slope =
                        (outcomeAfter(student, 1, i, 2, step)
                                        - outcomeAfter(student, 1, i, 2, -step))
                                / (2 * step);
                assertThat(one[i][2] - one[i][0]).isCloseTo(slope, within(2e-5));
            }
        }
    }

    @Test
    void aShorterWindowSeesLessAndRepeatsToTheBit() {
        try (UnrolledStudent student = new UnrolledStudent(SHAPE, images, RATE, SGD)) {
            double[][] whole = gradient(student, STEPS);
            double[][] part = gradient(student, 2);

            assertThat(Arrays.deepEquals(part, whole)).isFalse();
            assertThat(gradient(student, STEPS)).isDeepEqualTo(whole);
        }
    }

    private double[][] gradient(UnrolledStudent student, int window) {
        student.train(targets, SEED, STEPS, window);
        double[][] gradient = new double[targets.length][SHAPE.classes()];
        student.gradient(batch, wanted, targets, gradient);
        return gradient;
    }

    private double outcome(UnrolledStudent student, int image, int to, float share) {
        return outcomeAfter(student, STEPS, image, to, share);
    }

    private double outcomeAfter(
            UnrolledStudent student, int steps, int image, int to, float share) {
        float[][] moved = new float[targets.length][];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = targets[i].clone();
        }
        moved[image][0] -= share;
        moved[image][to] += share;
        student.train(moved, SEED, steps, 0);
        return student.gradient(batch, wanted, moved, new double[targets.length][SHAPE.classes()]);
    }

    private static float[][] rows(String purpose, int count) {
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = SoftLabels.softmax(random(purpose + i, SHAPE.classes()), 1);
        }
        return rows;
    }

    private static float[] random(String purpose, int size) {
        UniformRandomProvider random = Seeds.stream(2, purpose);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
