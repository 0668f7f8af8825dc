package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSummaryTest {

    @Test
    void theExponentialIsWithinTheErrorItStates() {
        // Given
        int points = 400_001;
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = Exp.LOWEST * i / (points - 1);
        }

        // When
        double[] exponentials = values.clone();
        Exp.inPlace(exponentials, points);

        // Then
        double worst = 0;
        for (int i = 0; i < points; i++) {
            worst = Math.max(worst, Math.abs(exponentials[i] / StrictMath.exp(values[i]) - 1));
        }
        assertThat(worst).isLessThan(Exp.RELATIVE_ERROR);
        assertThat(exponentials[0]).isEqualTo(1);
    }

    @Test
    void aSumHoldsOfNumbersAsFarApartAsTheyLike() {
        assertThat(Exp.logOfSum(new double[] {3, 3})).isCloseTo(3 + Math.log(2), within(1e-10));
        assertThat(Exp.logOfSum(new double[] {-1e38, 1e38, 0})).isEqualTo(1e38);
        assertThat(Exp.logOfSum(new double[] {-800, -900})).isCloseTo(-800, within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 255, 256, 257, 1000})
    void theEntropyIsThatOfStrictMathAndTheArgMaxThatOfSoftLabels(int classes) {
        UniformRandomProvider random = Seeds.stream(5, "summary");
        for (int trial = 0; trial < 500; trial++) {
            // Given: from almost uniform to almost certain
            float spread = (float) Math.pow(10, random.nextFloat() * 5 - 3);
            float[] logits = new float[classes];
            for (int c = 0; c < classes; c++) {
                logits[c] = (random.nextFloat() - 0.3f) * spread;
            }

            // When
            LabelSummary summary = LabelSummary.of(logits);

            // Then
            double exact = entropy(logits);
            assertThat(summary.finite()).isTrue();
            assertThat(summary.argMax()).isEqualTo(SoftLabels.argMax(logits));
            assertThat(summary.entropy()).isCloseTo(exact, within(1e-9 * exact + 1e-11));
            assertThat(summary.entropy()).isNotNegative();
        }
    }

    @Test
    void theBitsAreThoseOfEveryJavaVirtualMachine() {
        // Given
        float[] logits = new float[1000];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (c * 7919 % 1000) / 53f - 9;
        }

        // Then
        assertThat(Double.toHexString(LabelSummary.of(logits).entropy()))
                .isEqualTo("0x1.3e1980e46ad8cp2");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLogitThatIsNoNumberIsSeenWhereverItIs(float bad) {
        for (int place : new int[] {0, 500, 999}) {
            // Given
            float[] logits = new float[1000];
            logits[place] = bad;

            // Then
            assertThat(LabelSummary.of(logits)).isEqualTo(new LabelSummary(Double.NaN, -1, false));
        }
    }

    @Test
    void logitsAsFarApartAsFloatsGoHaveNoEntropy() {
        // When
        LabelSummary summary = LabelSummary.of(new float[] {-Float.MAX_VALUE, Float.MAX_VALUE, 0});

        // Then
        assertThat(summary.entropy()).isCloseTo(0, within(1e-11));
        assertThat(summary.argMax()).isEqualTo(1);
    }

    /** As in {@link LabelSummary}, by StrictMath. */
    private static double entropy(float[] logits) {
        int argMax = SoftLabels.argMax(logits);
        double others = 0;
        double products = 0;
        for (int c = 0; c < logits.length; c++) {
            double distance = (double) logits[c] - logits[argMax];
            if (c != argMax) {
                others += StrictMath.exp(distance);
                products += distance * StrictMath.exp(distance);
            }
        }
        return StrictMath.log1p(others) - products / (1 + others);
    }
}
