package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BestExpertsTest {

    private static final List<Long> STEPS = List.of(10L, 100L, 1000L, 10_000L);

    /** Best step 10 at budget 1, 100 at 10, 1000 at 100: step = 10 * budget. */
    @Test
    void aLineInLogsIsFoundAndPredictsBudgetsNobodyRan() {
        List<BestExperts> rows = BestExperts.of(experiment(1, 10, 100), checkpoints());

        assertThat(rows)
                .filteredOn(BestExperts::measured)
                .extracting(BestExperts::imagesPerClass, BestExperts::step)
                .containsExactly(tuple(1, 10L), tuple(10, 100L), tuple(100, 1000L));
        assertThat(at(rows, 50))
                .satisfies(
                        row -> {
                            assertThat(row.measured()).isFalse();
                            assertThat(row.step()).isNull();
                            assertThat(row.predictedStep()).isCloseTo(500, within(1e-6));
                            assertThat(row.heldOutError()).isCloseTo(1, within(1e-9));
                        });
        assertThat(at(rows, 10).predictedStep()).isCloseTo(100, within(1e-6));
        assertThat(rows).extracting(BestExperts::imagesPerClass).isSorted().endsWith(1000);
    }

    @Test
    void heldOutBudgetsAreMissedByTheFactorThatIsSaid() {
        // The best step at 10 is 1000, and the line through the others says 100.
        List<AccuracySummary> summaries = new ArrayList<>(experiment(1, 100));
        summaries.add(student(10, 1000L, 0.9));
        summaries.add(student(10, 100L, 0.8));

        BestExperts row = at(BestExperts.of(summaries, checkpoints()), 10);

        assertThat(row.predictedStep()).isCloseTo(100, within(1e-6));
        assertThat(row.heldOutError()).isCloseTo(10, within(1e-6));
        assertThat(row.predictedLow()).as("two points have no interval").isNull();
    }

    @Test
    void theLineNeverFallsAndStaysWithinTheRunsCheckpoints() {
        List<AccuracySummary> falling = new ArrayList<>();
        long step = 10_000;
        for (int budget : new int[] {1, 10, 100}) {
            falling.add(student(budget, step, 0.9));
            falling.add(student(budget, 10L, 0.1));
            step /= 10;
        }
        List<BestExperts> rows = BestExperts.of(falling, checkpoints());

        assertThat(at(rows, 2).predictedStep())
                .isCloseTo(at(rows, 500).predictedStep(), within(1e-9));
        assertThat(BestExperts.of(experiment(1, 10, 100, 1000), checkpoints()))
                .allSatisfy(row -> assertThat(row.predictedStep()).isBetween(10.0, 10_000.0))
                .allSatisfy(
                        row -> {
                            assertThat(row.predictedLow()).isLessThanOrEqualTo(row.predictedStep());
                            assertThat(row.predictedHigh())
                                    .isGreaterThanOrEqualTo(row.predictedStep());
                        });
    }

    @Test
    void fewBudgetsAndSingleCheckpointsPredictNothing() {
        assertThat(BestExperts.of(experiment(1, 10), checkpoints()))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.predictedStep()).isNull());
        assertThat(BestExperts.of(List.of(student(1, 10L, 0.5)), checkpoints())).isEmpty();
    }

    @Test
    void orderChangesNothing() {
        List<AccuracySummary> summaries = new ArrayList<>(experiment(1, 10, 100));
        List<BestExperts> rows = BestExperts.of(summaries, checkpoints());

        Collections.shuffle(summaries, new Random(1));

        assertThat(BestExperts.of(summaries, checkpoints())).isEqualTo(rows);
    }

    private static BestExperts at(List<BestExperts> rows, int budget) {
        return rows.stream()
                .filter(row -> row.imagesPerClass() == budget)
                .findFirst()
                .orElseThrow();
    }

    private static List<AccuracySummary> experiment(int... budgets) {
        List<AccuracySummary> summaries = new ArrayList<>();
        for (int budget : budgets) {
            for (long step : STEPS) {
                double away = Math.abs(Math.log10(step) - Math.log10(10.0 * budget));
                summaries.add(student(budget, step, 0.9 - 0.1 * away));
            }
        }
        return summaries;
    }

    private static AccuracySummary student(int budget, long step, double validation) {
        return Summaries.of(List.of(Results.soft("e" + step, budget, 1, validation).build()));
    }

    private static List<ExpertCheckpoint> checkpoints() {
        return STEPS.stream().map(BestExpertsTest::checkpoint).toList();
    }

    private static ExpertCheckpoint checkpoint(long step) {
        Choice none = new Choice("none", Map.of());
        return ExpertCheckpoint.newBuilder()
                .setCheckpointId("e" + step)
                .setLabellingId("l" + step)
                .setDataset("fashion-mnist")
                .setDatasetVersion("v1")
                .setArchitecture(none)
                .setRun("expert")
                .setStep(step)
                .setImagesSeen(step)
                .setEpoch(1)
                .setSchedule(none)
                .setUri("uri")
                .setSha256("sha")
                .setFormat("safetensors")
                .setPreprocessing(none)
                .setPrecision("fp32")
                .setCodec(none)
                .setValidationAccuracy(0.5)
                .setTestAccuracy(0.5)
                .setLabelEntropy(1.0)
                .setCreatedAt(Instant.EPOCH)
                .setRetired(false)
                .build();
    }
}
