package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.LabelWorth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelWorthRuleTest {

    @Test
    void worthIsTheRatioOfBudgetsAtEqualTestAccuracy() {
        List<AccuracySummary> family =
                List.of(
                        hard(1, 0.40, 0.40),
                        hard(10, 0.60, 0.60),
                        hard(100, 0.70, 0.70),
                        soft("e1", 1, 0.50, 0.50));

        List<LabelWorth> worths = worths(family);

        // Half way from 0.40 to 0.60, hence 10^0.5 images per class.
        assertThat(worths)
                .singleElement()
                .satisfies(
                        worth -> {
                            assertThat(worth.getWorth()).isCloseTo(Math.sqrt(10), within(1e-9));
                            assertThat(worth.getHardImagesPerClass())
                                    .isCloseTo(Math.sqrt(10), within(1e-9));
                            assertThat(worth.getHardTest().getMean()).isEqualTo(0.40);
                            assertThat(worth.getMessage()).isNull();
                        });
    }

    @Test
    void bestExpertIsChosenOnValidationAndReportedOnTest() {
        List<AccuracySummary> family =
                List.of(
                        hard(1, 0.1, 0.1),
                        hard(10, 0.9, 0.9),
                        soft("chosen", 1, 0.8, 0.5),
                        soft("lucky-on-test", 1, 0.7, 0.6));

        List<LabelWorth> worths = worths(family);

        assertThat(worths)
                .singleElement()
                .returns("chosen", LabelWorth::getCheckpointId)
                .returns(0.5, worth -> worth.getSoftTest().getMean());
    }

    @Test
    void outsideCoverageThereIsAReasonInsteadOfANumber() {
        List<AccuracySummary> family =
                List.of(hard(1, 0.40, 0.40), hard(50, 0.60, 0.60), soft("e", 50, 0.631, 0.631));

        List<LabelWorth> worths = worths(family);

        assertThat(worths)
                .singleElement()
                .returns(null, LabelWorth::getWorth)
                .returns(null, LabelWorth::getHardImagesPerClass)
                .returns(
                        "hard labels at up to 50 images per class do not reach 63.1%",
                        LabelWorth::getMessage);
    }

    @Test
    void withoutHardLabelsTheMessageSaysSo() {
        List<LabelWorth> worths = worths(List.of(soft("e", 1, 0.5, 0.5)));

        assertThat(worths)
                .singleElement()
                .returns(null, LabelWorth::getHardTest)
                .returns(
                        "no hard-label results yet for this student and recipe",
                        LabelWorth::getMessage);
    }

    @Test
    void boundsCrossTheEndsOfBothIntervals() {
        // n = 2 and t(0.975, 1) = 12.7062: values m +- d have half width 12.7062 d.
        double d = 0.05 / 12.706204736;
        List<AccuracySummary> family =
                List.of(
                        pair(Results.hard(1, 1, 0.40 - d), Results.hard(1, 2, 0.40 + d)),
                        pair(Results.hard(10, 1, 0.60 - d), Results.hard(10, 2, 0.60 + d)),
                        pair(Results.hard(100, 1, 0.80 - d), Results.hard(100, 2, 0.80 + d)),
                        pair(Results.soft("e", 1, 1, 0.60 - d), Results.soft("e", 1, 2, 0.60 + d)));

        List<LabelWorth> worths = worths(family);

        // Low: 0.55 on 0.45, 0.65, 0.85; high: 0.65 on 0.35, 0.55, 0.75.
        assertThat(worths)
                .singleElement()
                .satisfies(
                        worth -> {
                            assertThat(worth.getWorth()).isCloseTo(10, within(1e-6));
                            assertThat(worth.getWorthLow()).isCloseTo(Math.sqrt(10), within(1e-6));
                            assertThat(worth.getWorthHigh())
                                    .isCloseTo(10 * Math.sqrt(10), within(1e-6));
                        });
    }

    @Test
    void boundsEncloseTheWorthAndOrderNeverShows() {
        Random random = new Random(13);
        for (int trial = 0; trial < 100; trial++) {
            List<AccuracySummary> family = randomFamily(random);
            List<LabelWorth> worths = worths(family);
            Collections.shuffle(family, random);

            List<LabelWorth> shuffled = worths(family);

            assertThat(shuffled).isEqualTo(worths);
            assertThat(worths)
                    .allSatisfy(
                            worth -> {
                                if (worth.getWorth() != null && worth.getWorthLow() != null) {
                                    assertThat(worth.getWorthLow())
                                            .isLessThanOrEqualTo(worth.getWorth() + 1e-9);
                                }
                                if (worth.getWorth() != null && worth.getWorthHigh() != null) {
                                    assertThat(worth.getWorthHigh())
                                            .isGreaterThanOrEqualTo(worth.getWorth() - 1e-9);
                                }
                                assertThat(worth.getWorth() == null)
                                        .isEqualTo(worth.getMessage() != null);
                            });
        }
    }

    private static List<LabelWorth> worths(List<AccuracySummary> configurations) {
        Family family = Family.of(configurations.get(0));
        FamilyStanding standing = new FamilyStanding(family);
        configurations.forEach(standing::put);
        return LabelWorthRule.of(
                FittedCurve.of(family, standing.curve(Curve.Name.best(Regime.HARD))),
                FittedCurve.of(family, standing.curve(Curve.Name.best(Regime.FIXED_SOFT))));
    }

    private static List<AccuracySummary> randomFamily(Random random) {
        List<AccuracySummary> family = new ArrayList<>();
        for (int budget : new int[] {1, 5, 10, 50}) {
            double base = 0.3 + 0.1 * Math.log10(budget) + 0.1 * random.nextDouble();
            family.add(
                    pair(
                            Results.hard(budget, 1, base),
                            Results.hard(budget, 2, base + 0.01 * random.nextDouble())));
            double soft = base + 0.1 * random.nextDouble();
            family.add(
                    pair(
                            Results.soft("e1", budget, 1, soft),
                            Results.soft("e1", budget, 2, soft + 0.01 * random.nextDouble())));
        }
        return family;
    }

    private static AccuracySummary hard(int budget, double validation, double test) {
        return Summaries.of(
                List.of(Results.hard(budget, 1, validation).setTestAccuracy(test).build()));
    }

    private static AccuracySummary soft(
            String checkpoint, int budget, double validation, double test) {
        return Summaries.of(
                List.of(
                        Results.soft(checkpoint, budget, 1, validation)
                                .setTestAccuracy(test)
                                .build()));
    }

    private static AccuracySummary pair(Accuracy.Builder first, Accuracy.Builder second) {
        return Summaries.of(List.of(first.build(), second.build()));
    }
}
