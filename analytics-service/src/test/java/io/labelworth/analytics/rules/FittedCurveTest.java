package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ScalingLaw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FittedCurveTest {

    private static final int[] BUDGETS = {1, 2, 5, 10, 20, 50, 100};

    @Test
    void lawIsThatOfTheErrorsWithItsIntervalsAndThePlainPowerLawBeside() {
        ScalingLaw law = fitted(hard(0.2, 0.5, 0.5)).event();

        assertThat(law.getFloor()).isCloseTo(0.2, within(0.01));
        assertThat(law.getA()).isCloseTo(0.5, within(0.01));
        assertThat(law.getB()).isCloseTo(0.5, within(0.03));
        assertThat(law.getFloor()).isBetween(law.getFloorLow(), law.getFloorHigh());
        assertThat(law.getB()).isBetween(law.getBLow(), law.getBHigh());
        assertThat(law.getRSquared()).isBetween(0.99, 1.0);
        assertThat(law.getPower().getReducedChiSquare())
                .as("a law without a floor fits worse")
                .isGreaterThan(10 * law.getReducedChiSquare());
        assertThat(law.getBest()).isTrue();
        assertThat(law.getPoints()).isEqualTo(BUDGETS.length);
        assertThat(law.getCurve()).hasSize(24);
        assertThat(law.getCurve().get(23).getImagesPerClass()).isCloseTo(100, within(1e-9));
    }

    @Test
    void tooFewBudgetsSayWhyInsteadOfNumbers() {
        List<AccuracySummary> three = hard(0.2, 0.5, 0.5).subList(0, 3);
        List<AccuracySummary> single = new ArrayList<>(three);
        single.add(Summaries.of(List.of(Results.hard(10, 1, 0.6).build())));

        assertThat(fitted(single).event())
                .returns(null, ScalingLaw::getFloor)
                .returns(null, ScalingLaw::getRSquared)
                .returns(3, ScalingLaw::getPoints)
                .returns(
                        "a fit needs 4 budgets with at least two runs each, and there are 3",
                        ScalingLaw::getMessage)
                .satisfies(law -> assertThat(law.getPower()).isNotNull());
    }

    @Test
    void equalAccuraciesAreNoReasonToFail() {
        List<AccuracySummary> flat = new ArrayList<>();
        for (int budget : BUDGETS) {
            flat.add(pair(Results.hard(budget, 1, 0.5), Results.hard(budget, 2, 0.5)));
        }

        assertThat(fitted(flat).event())
                .returns(null, ScalingLaw::getRSquared)
                .satisfies(
                        law -> assertThat(law.getFloor() + law.getA()).isBetween(0.5 - 1e-6, 1.0));
    }

    @Test
    void orderOfArrivalNeverShowsAndEachCurveHasChanceOfItsOwn() {
        List<AccuracySummary> configurations = hard(0.2, 0.5, 0.5);
        FittedCurve fitted = fitted(configurations);

        Collections.shuffle(configurations, new Random(3));

        assertThat(fitted(configurations).event()).isEqualTo(fitted.event());
        Family family = fitted.family();
        assertThat(family.lawKey(Curve.Name.best("hard"))).isEqualTo(family.key() + "/hard");
        assertThat(family.lawKey(new Curve.Name("fixed-soft", "mine/step-1")))
                .isEqualTo(family.key() + "/fixed-soft/mine%2Fstep-1");
    }

    @Test
    void worthAlongLawsIsTheRatioOfBudgetsAtEqualErrorWhereBothWereMeasured() {
        // Soft labels need a quarter of the images: 0.5 * (4n)^-0.5 = 0.25 n^-0.5.
        List<AccuracySummary> all = hard(0.2, 0.5, 0.5);
        all.addAll(soft(0.2, 0.25, 0.5));

        Map<Integer, LabelWorth> worths = worths(all);

        assertThat(worths.get(5))
                .satisfies(
                        worth -> {
                            assertThat(worth.getFittedWorth()).isCloseTo(4, within(0.3));
                            assertThat(worth.getFittedLow()).isBetween(2.0, 4.0);
                            assertThat(worth.getFittedHigh()).isBetween(4.0, 6.0);
                            assertThat(worth.getFittedMessage()).isNull();
                        });
        assertThat(worths.get(50))
                .returns(null, LabelWorth::getFittedWorth)
                .satisfies(
                        worth ->
                                assertThat(worth.getFittedMessage())
                                        .contains("outside of 1 to 100 images per class"));
    }

    @Test
    void intervalsOfWorthCoverTheTruth() {
        Random random = new Random(5);
        int covered = 0;
        int trials = 200;
        for (int trial = 0; trial < trials; trial++) {
            List<AccuracySummary> all = noisy(true, 0.2, 0.5, 0.5, random);
            all.addAll(noisy(false, 0.2, 0.25, 0.5, random));
            LabelWorth worth = worths(all).get(5);
            boolean low = worth.getFittedLow() == null || worth.getFittedLow() <= 4;
            boolean high = worth.getFittedHigh() == null || worth.getFittedHigh() >= 4;
            covered += low && high ? 1 : 0;
        }

        assertThat((double) covered / trials).isBetween(0.90, 0.99);
    }

    private static FittedCurve fitted(List<AccuracySummary> configurations) {
        return FittedCurve.of(
                Family.of(configurations.get(0)),
                Curve.of(Curve.Name.best("hard"), configurations));
    }

    private static Map<Integer, LabelWorth> worths(List<AccuracySummary> all) {
        Family family = Family.of(all.get(0));
        Map<String, List<AccuracySummary>> byRegime =
                all.stream().collect(Collectors.groupingBy(AccuracySummary::getRegime));
        return LabelWorthRule.of(
                        fitted(family, Regime.HARD, byRegime),
                        fitted(family, Regime.FIXED_SOFT, byRegime))
                .stream()
                .collect(Collectors.toMap(LabelWorth::getImagesPerClass, worth -> worth));
    }

    private static FittedCurve fitted(
            Family family, String regime, Map<String, List<AccuracySummary>> byRegime) {
        return FittedCurve.of(family, Curve.of(Curve.Name.best(regime), byRegime.get(regime)));
    }

    private static List<AccuracySummary> hard(double floor, double a, double b) {
        return exact(true, floor, a, b);
    }

    private static List<AccuracySummary> soft(double floor, double a, double b) {
        return exact(false, floor, a, b);
    }

    private static List<AccuracySummary> exact(boolean hard, double floor, double a, double b) {
        List<AccuracySummary> all = new ArrayList<>();
        for (int n : BUDGETS) {
            double accuracy = 1 - floor - a * Math.pow(n, -b);
            all.add(
                    pair(
                            result(hard, n, 1, accuracy - 0.001),
                            result(hard, n, 2, accuracy + 0.001)));
        }
        return all;
    }

    private static List<AccuracySummary> noisy(
            boolean hard, double floor, double a, double b, Random random) {
        List<AccuracySummary> all = new ArrayList<>();
        for (int n : BUDGETS) {
            List<Accuracy> runs = new ArrayList<>();
            for (int seed = 1; seed <= 5; seed++) {
                double accuracy = 1 - floor - a * Math.pow(n, -b) + 0.01 * random.nextGaussian();
                runs.add(result(hard, n, seed, accuracy).build());
            }
            all.add(Summaries.of(runs));
        }
        return all;
    }

    private static Accuracy.Builder result(boolean hard, int n, int seed, double accuracy) {
        return hard ? Results.hard(n, seed, accuracy) : Results.soft("e", n, seed, accuracy);
    }

    private static AccuracySummary pair(Accuracy.Builder first, Accuracy.Builder second) {
        return Summaries.of(List.of(first.build(), second.build()));
    }
}
