package io.labelworth.analytics.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FittedLawTest {

    private static final int TRIALS = 200;
    private static final long SEED = 5;
    private static final int[] BUDGETS = {1, 2, 5, 10, 20, 50, 100, 200};

    @Test
    void pointsOnACurveGiveTheCurve() {
        Law truth = new Law(0.12, 0.5, 0.4);

        FittedLaw fitted = FittedLaw.withFloor(measured(truth, 1e-6, 3, new Random(1)), SEED);

        assertThat(fitted.law().floor()).isCloseTo(0.12, within(1e-4));
        assertThat(fitted.law().a()).isCloseTo(0.5, within(1e-4));
        assertThat(fitted.law().b()).isCloseTo(0.4, within(1e-3));
        assertThat(fitted.rmse()).isLessThan(1e-5);
    }

    @Test
    void handComputedPowerLaw() {
        // 0.8 at 1 and 0.2 at 16: b = log(4) / log(16) = 1/2
        List<MeasuredError> measured =
                List.of(
                        new MeasuredError(16, 0.2, 0.01, 3),
                        new MeasuredError(1, 0.8, 0.01, 3),
                        new MeasuredError(4, 0.4, 0.01, 3));

        FittedLaw fitted = FittedLaw.powerLaw(measured, SEED);

        assertThat(fitted.law().floor()).isZero();
        assertThat(fitted.law().a()).isCloseTo(0.8, within(1e-6));
        assertThat(fitted.law().b()).isCloseTo(0.5, within(1e-6));
        assertThat(fitted.law().imagesPerClassAt(0.1)).isCloseTo(64, within(1e-3));
    }

    /** The noise of small budgets is larger, as that of real ones. */
    @ParameterizedTest
    @CsvSource({
        "0.15, 0.45, 0.5, 3, 0.005",
        "0.15, 0.45, 0.5, 5, 0.02",
        "0.05, 0.60, 0.3, 5, 0.005",
        "0.20, 0.40, 1.0, 3, 0.02",
        "0.00, 0.60, 0.3, 5, 0.01"
    })
    void intervalsCoverTheTruthAsOftenAsTheySay(
            double floor, double a, double b, int runs, double noise) {
        Law truth = new Law(floor, a, b);
        Random random = new Random(7);
        int[] covered = new int[4];
        for (int trial = 0; trial < TRIALS; trial++) {
            FittedLaw fitted = FittedLaw.withFloor(measured(truth, noise, runs, random), SEED);
            covered[0] += fitted.floor().contains(floor) ? 1 : 0;
            covered[1] += fitted.a().contains(a) ? 1 : 0;
            covered[2] += fitted.b().contains(b) ? 1 : 0;
            covered[3] +=
                    fitted.interval(law -> law.errorAt(500)).contains(truth.errorAt(500)) ? 1 : 0;
        }

        assertThat(IntStream.of(covered).mapToDouble(count -> (double) count / TRIALS).toArray())
                .satisfies(shares -> assertThat(shares).hasSize(4))
                .satisfies(
                        shares -> {
                            for (double share : shares) {
                                assertThat(share).isBetween(0.90, 0.99);
                            }
                        });
    }

    @Test
    void orderOfPointsChangesNothing() {
        List<MeasuredError> measured =
                new ArrayList<>(measured(new Law(0.1, 0.5, 0.5), 0.01, 3, new Random(3)));
        FittedLaw fitted = FittedLaw.withFloor(measured, SEED);

        Collections.shuffle(measured, new Random(4));

        FittedLaw again = FittedLaw.withFloor(measured, SEED);
        assertThat(again.law()).isEqualTo(fitted.law());
        assertThat(again.b()).isEqualTo(fitted.b());
    }

    @Test
    void anotherCurveShowsInTheGoodnessOfFit() {
        // A step is no power law
        List<MeasuredError> step = new ArrayList<>();
        for (int n : BUDGETS) {
            step.add(new MeasuredError(n, n < 10 ? 0.5 : 0.2, 0.005, 5));
        }

        assertThat(FittedLaw.withFloor(step, SEED).reducedChiSquare()).isGreaterThan(100);
    }

    @Test
    void tooFewBudgetsAreRefused() {
        List<MeasuredError> three =
                measured(new Law(0.1, 0.5, 0.5), 0.01, 3, new Random(1)).subList(0, 3);

        assertThatThrownBy(() -> FittedLaw.withFloor(three, SEED))
                .hasMessage("a fit needs 4 budgets, not 3");
    }

    private static List<MeasuredError> measured(Law law, double noise, int runs, Random random) {
        List<MeasuredError> measured = new ArrayList<>();
        for (int n : BUDGETS) {
            double spread = noise * (n < 10 ? 2 : 1);
            double[] errors = new double[runs];
            double mean = 0;
            for (int i = 0; i < runs; i++) {
                errors[i] = law.errorAt(n) + spread * random.nextGaussian();
                mean += errors[i] / runs;
            }
            double squares = 0;
            for (double error : errors) {
                squares += (error - mean) * (error - mean);
            }
            measured.add(new MeasuredError(n, mean, Math.sqrt(squares / (runs - 1)), runs));
        }
        return measured;
    }
}
