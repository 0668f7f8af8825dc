package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.ParetoFrontier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontiersTest {

    @Test
    void membershipIsDecidedOnValidationNeverOnTest() {
        AccuracySummary better = soft("better", 1, 0.6, 0.1);
        AccuracySummary luckyOnTest = soft("lucky", 1, 0.5, 0.9);

        List<FrontierPoint> members =
                Frontiers.members(List.of(luckyOnTest, better), CostAxis.IMAGES);

        assertThat(members)
                .singleElement()
                .returns("better-ipc1", FrontierPoint::getConfigurationId)
                .returns(0.1, FrontierPoint::getTestMean);
    }

    @Test
    void dearerConfigurationThatIsNoBetterIsOut() {
        List<FrontierPoint> members =
                Frontiers.members(
                        List.of(
                                soft("a", 1, 0.5, 0.5),
                                soft("a", 10, 0.5, 0.5),
                                soft("a", 50, 0.7, 0.7)),
                        CostAxis.IMAGES);

        assertThat(members)
                .extracting(FrontierPoint::getConfigurationId)
                .containsExactly("a-ipc1", "a-ipc50");
    }

    @Test
    void frontierNamesWhoEnteredAndWhoLeft() {
        Family family = Family.of(soft("a", 1, 0.5, 0.5));
        ParetoFrontier first =
                Frontiers.next(
                        null,
                        family,
                        Regime.FIXED_SOFT,
                        CostAxis.BYTES,
                        Frontiers.members(
                                List.of(soft("a", 1, 0.5, 0.5), soft("a", 10, 0.6, 0.6)),
                                CostAxis.BYTES));

        ParetoFrontier second =
                Frontiers.next(
                        first,
                        family,
                        Regime.FIXED_SOFT,
                        CostAxis.BYTES,
                        Frontiers.members(
                                List.of(
                                        soft("a", 1, 0.5, 0.5),
                                        soft("a", 10, 0.6, 0.6),
                                        soft("b", 1, 0.65, 0.6)),
                                CostAxis.BYTES));

        assertThat(first.getEntered()).containsExactly("a-ipc1", "a-ipc10");
        assertThat(second.getEntered()).containsExactly("b-ipc1");
        assertThat(second.getLeft()).containsExactly("a-ipc1", "a-ipc10");
    }

    @Test
    void membersAreThoseThatNothingDominatesInAnyOrder() {
        Random random = new Random(5);
        for (int trial = 0; trial < 300; trial++) {
            List<AccuracySummary> all = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(15); i++) {
                // Coarse values, so that ties are common.
                double validation = random.nextInt(6) / 10.0;
                all.add(soft("e" + i, 1 + random.nextInt(5), validation, 0.5));
            }
            List<FrontierPoint> members = Frontiers.members(all, CostAxis.IMAGES);
            Collections.shuffle(all, random);

            List<FrontierPoint> shuffled = Frontiers.members(all, CostAxis.IMAGES);

            assertThat(shuffled).isEqualTo(members);
            assertThat(members)
                    .extracting(FrontierPoint::getConfigurationId)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream()
                                    .filter(a -> all.stream().noneMatch(b -> dominates(b, a)))
                                    .map(AccuracySummary::getConfigurationId)
                                    .toList());
        }
    }

    private static boolean dominates(AccuracySummary a, AccuracySummary b) {
        double gain = a.getValidation().getMean() - b.getValidation().getMean();
        int saved = b.getImagesPerClass() - a.getImagesPerClass();
        return gain >= 0 && saved >= 0 && (gain > 0 || saved > 0);
    }

    private static AccuracySummary soft(
            String checkpoint, int imagesPerClass, double validation, double test) {
        return Summaries.of(
                List.of(
                        Results.soft(checkpoint, imagesPerClass, 1, validation)
                                .setTestAccuracy(test)
                                .build()));
    }
}
