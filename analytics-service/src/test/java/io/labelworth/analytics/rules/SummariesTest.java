package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummariesTest {

    @Test
    void summaryReportsBothAccuraciesAndMeanCosts() {
        Accuracy first = Results.soft("e1", 10, 1, 0.5).setTestAccuracy(0.48).build();
        Accuracy second =
                Results.soft("e1", 10, 2, 0.7)
                        .setTestAccuracy(0.68)
                        .setLabelBytes(4000)
                        .setLabelEntropy(1.0)
                        .build();

        AccuracySummary summary = Summaries.of(List.of(first, second));

        assertThat(summary.getRunIds()).containsExactly(first.getRunId(), second.getRunId());
        assertThat(summary.getValidation().getMean()).isCloseTo(0.6, within(1e-12));
        assertThat(summary.getTest().getMean()).isCloseTo(0.58, within(1e-12));
        assertThat(summary.getBytes()).isEqualTo(78_400 + 3_000);
        assertThat(summary.getLabelEntropy()).isEqualTo(0.5);
        assertThat(summary.getImages()).isEqualTo(100);
    }

    @Test
    void aSummaryIsRepeatableWhenAllOfItsRunsAre() {
        Accuracy onProcessor = Results.hard(1, 1, 0.5).setRepeatable(true).build();
        Accuracy onGpu = Results.hard(1, 2, 0.5).setRepeatable(false).build();

        assertThat(Summaries.of(List.of(onProcessor)).getRepeatable()).isTrue();
        assertThat(Summaries.of(List.of(onProcessor, onGpu)).getRepeatable()).isFalse();
    }

    @Test
    void aClassHasTheMeanOfItsOwnAccuracies() {
        // Given: a class that no test image is of, and a run from before classes were recorded
        Accuracy first =
                Results.hard(1, 1, 0.5)
                        .setTestAccuracyByClass(List.of(0.2, 1.0, Double.NaN))
                        .build();
        Accuracy second =
                Results.hard(1, 2, 0.5)
                        .setTestAccuracyByClass(List.of(0.4, 0.0, Double.NaN))
                        .build();
        Accuracy old = Results.hard(1, 3, 0.5).build();

        // When
        List<Interval> byClass = Summaries.of(List.of(first, second)).getTestByClass();

        // Then
        assertThat(byClass).extracting(Interval::getN).containsExactly(2, 2, 0);
        assertThat(byClass.get(0).getMean()).isCloseTo(0.3, within(1e-12));
        assertThat(byClass.get(1).getMean()).isCloseTo(0.5, within(1e-12));
        assertThat(byClass.get(1).getHalfWidth95()).isPositive();
        assertThat(Summaries.of(List.of(first, old)).getTestByClass()).isEmpty();
    }

    @Test
    void intervalsSayWhichSeedsVary() {
        Accuracy base = Results.hard(1, 1, 0.5).build();
        Accuracy otherTraining = Results.hard(1, 2, 0.5).setSubsetSeed(1).build();
        Accuracy otherSubset = Results.hard(1, 3, 0.5).setTrainingSeed(1).build();

        assertThat(Summaries.of(List.of(base)).getSeedsVary()).isEqualTo("none");
        assertThat(Summaries.of(List.of(base, otherTraining)).getSeedsVary()).isEqualTo("training");
        assertThat(Summaries.of(List.of(base, otherSubset)).getSeedsVary()).isEqualTo("subset");
        assertThat(Summaries.of(List.of(base, otherTraining, otherSubset)).getSeedsVary())
                .isEqualTo("subset+training");
    }

    @Test
    void orderOfArrivalAndRepetitionNeverShow() {
        Random random = new Random(3);
        List<Accuracy> results = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            Accuracy result = Results.hard(1, seed, random.nextDouble()).build();
            results.addAll(List.of(result, result));
        }
        Set<AccuracySummary> summaries = new HashSet<>();

        for (int trial = 0; trial < 100; trial++) {
            Collections.shuffle(results, random);
            List<Accuracy> runs = List.of();
            for (Accuracy result : results) {
                runs = Summaries.with(runs, result);
            }
            summaries.add(Summaries.of(runs));
        }

        assertThat(summaries).singleElement().returns(20, s -> s.getValidation().getN());
    }
}
