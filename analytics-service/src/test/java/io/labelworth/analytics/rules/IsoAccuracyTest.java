package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsoAccuracyTest {

    private static final List<Double> TEN_CLASSES = Collections.nCopies(10, 0.5);

    @Test
    void budgetAtWhichKeptEntriesReachAnAccuracy() {
        // Log-linear: 1 entry goes from 0.3 at 1 to 0.5 at 100, all 10 from 0.5 at 1 to 0.7 at 100.
        List<IsoAccuracy> points =
                IsoAccuracy.of(
                        List.of(
                                kept(1, false, 1, 0.3),
                                kept(1, false, 100, 0.5),
                                untouched(1, 0.5),
                                untouched(100, 0.7)));

        assertThat(points)
                .filteredOn(point -> point.accuracy() == 0.4)
                .singleElement()
                .satisfies(
                        point -> {
                            assertThat(point.kept()).isEqualTo(1);
                            assertThat(point.checkpointId()).isEqualTo("e");
                            assertThat(point.normalised()).isFalse();
                            assertThat(point.imagesPerClass()).isCloseTo(10, within(1e-9));
                        });
        assertThat(points)
                .filteredOn(point -> point.accuracy() == 0.5)
                .extracting(IsoAccuracy::kept, IsoAccuracy::imagesPerClass)
                .containsExactly(tuple(1, 100.0), tuple(10, 1.0));
    }

    @Test
    void normalisedAndOtherTreatmentsAreNotMixedIn() {
        AccuracySummary other =
                summary(
                        Results.soft("e", 1, 1, 0.9)
                                .setConfigurationId("chain")
                                .setTreatments(
                                        List.of(
                                                keep("3", false),
                                                new Choice("temperature", Map.of("value", "2")))));
        List<IsoAccuracy> points =
                IsoAccuracy.of(
                        List.of(
                                other,
                                kept(1, false, 1, 0.3),
                                kept(1, false, 100, 0.5),
                                kept(1, true, 1, 0.4),
                                kept(1, true, 100, 0.6),
                                kept(2, true, 1, 0.45),
                                kept(2, true, 100, 0.65)));

        assertThat(points).isNotEmpty().allMatch(IsoAccuracy::normalised);
        assertThat(points).extracting(IsoAccuracy::kept).containsOnly(1, 2);
    }

    @Test
    void aTreatmentThatSaysNoNumberIsLeftOut() {
        AccuracySummary odd =
                summary(Results.soft("e", 1, 1, 0.9).setTreatments(List.of(keep("many", false))));

        assertThat(IsoAccuracy.of(List.of(odd, kept(1, false, 1, 0.3)))).isEmpty();
    }

    private static AccuracySummary untouched(int budget, double accuracy) {
        return summary(Results.soft("e", budget, 1, accuracy));
    }

    private static AccuracySummary kept(int k, boolean normalise, int budget, double accuracy) {
        return summary(
                Results.soft("e", budget, 1, accuracy)
                        .setConfigurationId("k" + k + normalise + budget)
                        .setTreatments(List.of(keep(Integer.toString(k), normalise))));
    }

    private static Choice keep(String k, boolean normalise) {
        return new Choice(
                "keep-top-k", normalise ? Map.of("k", k, "normalise", "true") : Map.of("k", k));
    }

    private static AccuracySummary summary(Accuracy.Builder result) {
        return Summaries.of(List.of(result.setTestAccuracyByClass(TEN_CLASSES).build()));
    }
}
