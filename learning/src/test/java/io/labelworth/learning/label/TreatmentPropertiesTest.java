package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * What each treatment leaves as it was, on many labels: sure and unsure experts, 2 to 1000 classes,
 * with ties, certain ones, and some that do not sum to 1.
 */
class TreatmentPropertiesTest {

    private static final int LABELS = 400;
    private static final Offset<Double> ROUNDING = within(1e-5);

    @Test
    void theHardLabelIsCertainOfTheSameClass() {
        forAll(
                (label, random) -> {
                    float[] treated = treat(new HardLabel(HardLabel.ARG_MAX), label);

                    assertThat(SoftLabels.argMax(treated)).isEqualTo(SoftLabels.argMax(label));
                    assertThat(SoftLabels.entropy(treated)).isZero();
                    assertThat(Entries.sum(treated)).isEqualTo(1);
                });
    }

    @Test
    void temperatureKeepsOrderAndSumAndMovesEntropyOneWay() {
        forAll(
                (label, random) -> {
                    double value = 1 + 4 * random.nextDouble();
                    float[] softer = treat(new Temperature(value), label);
                    float[] sharper = treat(new Temperature(1 / value), label);

                    assertOrderKept(label, softer);
                    assertOrderKept(label, sharper);
                    assertThat(Entries.sum(softer)).isCloseTo(Entries.sum(label), ROUNDING);
                    assertThat(Entries.sum(sharper)).isCloseTo(Entries.sum(label), ROUNDING);
                    double entropy = SoftLabels.entropy(label);
                    assertThat(SoftLabels.entropy(softer)).isGreaterThan(entropy - 1e-5);
                    assertThat(SoftLabels.entropy(sharper)).isLessThan(entropy + 1e-5);
                });
    }

    @Test
    void temperatureIsTheSameOnLogitsAndOnTheirProbabilities() {
        forAll(
                (label, random) -> {
                    float[] logits = logits(random, label.length);
                    Temperature temperature = new Temperature(0.5 + 3 * random.nextDouble());
                    float[] expected = SoftLabels.softmax(temperature.applyToLogits(logits), 1);

                    float[] actual = treat(temperature, SoftLabels.softmax(logits, 1));

                    assertThat(actual).containsExactly(expected, within(1e-6f));
                });
    }

    @Test
    void swapsMoveEntriesAndChangeNone() {
        forAll(
                (label, random) -> {
                    int rank = 1 + random.nextInt(label.length - 1);
                    int k = 1 + random.nextInt(label.length / 2);

                    assertSameEntries(label, treat(new SwapOne(rank), label));
                    assertSameEntries(label, treat(new SwapTopK(k), label));
                });
    }

    @Test
    void swappingTwiceChangesNothingWhereEntriesDiffer() {
        forAll(
                (label, random) -> {
                    if (Arrays.stream(Entries.ranked(label))
                                    .mapToObj(c -> label[c])
                                    .distinct()
                                    .count()
                            < label.length) {
                        return;
                    }
                    LabelTreatment swap = new SwapTopK(label.length / 2);

                    assertThat(treat(swap, treat(swap, label))).containsExactly(label);
                });
    }

    @Test
    void keepingTheLargestKeepsTheirValuesOrTheirRatios() {
        forAll(
                (label, random) -> {
                    int k = 1 + random.nextInt(label.length);
                    float[] kept = treat(new KeepTopK(k, false), label);
                    float[] normalised = treat(new KeepTopK(k, true), label);

                    int[] ranked = Entries.ranked(label);
                    for (int place = 0; place < ranked.length; place++) {
                        int c = ranked[place];
                        assertThat(kept[c]).isEqualTo(place < k ? label[c] : 0);
                    }
                    assertSumIsOne(normalised);
                    assertOrderKept(kept, normalised);
                    assertThat(SoftLabels.argMax(kept)).isEqualTo(SoftLabels.argMax(label));
                });
    }

    @Test
    void zeroingAClassLeavesTheOthersOrTheirRatios() {
        forAll(
                (label, random) -> {
                    int zeroed = random.nextInt(label.length);
                    float[] plain = treat(new ZeroClass(zeroed, false), label);
                    float[] normalised = treat(new ZeroClass(zeroed, true), label);

                    assertThat(plain[zeroed]).isZero();
                    assertThat(Entries.sum(plain))
                            .isCloseTo(Entries.sum(label) - label[zeroed], ROUNDING);
                    assertOrderKept(plain, normalised);
                    if (Entries.sum(plain) > 0) {
                        assertSumIsOne(normalised);
                    }
                    float[] own = new ZeroClass(zeroed, false).applyToProbabilities(label, zeroed);
                    assertThat(own).containsExactly(label);
                });
    }

    @Test
    void droppingTheTailKeepsTheLargestAndNoEntryBelowTheShare() {
        forAll(
                (label, random) -> {
                    double below = 0.001 + 0.9 * random.nextDouble();
                    float[] treated = treat(new DropTail(below), label);

                    assertSumIsOne(treated);
                    assertThat(SoftLabels.argMax(treated)).isEqualTo(SoftLabels.argMax(label));
                    double sum = Entries.sum(label);
                    for (int c = 0; c < label.length; c++) {
                        boolean stays = label[c] >= below * sum || c == SoftLabels.argMax(label);
                        assertThat(treated[c] > 0).isEqualTo(stays && label[c] > 0);
                    }
                    assertThat(SoftLabels.entropy(treated))
                            .isLessThan(SoftLabels.entropy(label) + 1e-5);
                });
    }

    @Test
    void smoothingKeepsSumAndOrderAndAddsEntropy() {
        forAll(
                (label, random) -> {
                    float[] treated = treat(new LabelSmoothing(random.nextDouble()), label);

                    assertThat(Entries.sum(treated)).isCloseTo(Entries.sum(label), ROUNDING);
                    assertOrderKept(label, treated);
                    assertThat(SoftLabels.entropy(treated))
                            .isGreaterThan(SoftLabels.entropy(label) - 1e-5);
                });
    }

    @Test
    void shufflingMovesEntriesAndNotTheLargest() {
        forAll(
                (label, random) -> {
                    float[] treated = new ShuffleOthers().applyToProbabilities(label, random);

                    assertSameEntries(label, treated);
                    int largest = SoftLabels.argMax(label);
                    assertThat(treated[largest]).isEqualTo(label[largest]);
                });
    }

    @Test
    void entropyMatchedNoiseKeepsEntropyAndSumAndIfToldTheClass() {
        forAll(
                (label, random) -> {
                    float[] kept =
                            new EntropyMatched(EntropyMatched.KEPT)
                                    .applyToProbabilities(label, random);
                    float[] free =
                            new EntropyMatched(EntropyMatched.RANDOM)
                                    .applyToProbabilities(label, random);

                    for (float[] treated : List.of(kept, free)) {
                        assertThat(Entries.sum(treated)).isCloseTo(Entries.sum(label), ROUNDING);
                        assertThat(SoftLabels.entropy(treated))
                                .isCloseTo(SoftLabels.entropy(label), ROUNDING);
                    }
                    int largest = SoftLabels.argMax(label);
                    for (float entry : kept) {
                        assertThat(entry).isLessThanOrEqualTo(kept[largest]);
                    }
                });
    }

    @Test
    void theMeanOfProbabilitiesKeepsTheMeanSumAndLosesNoEntropy() {
        forAll(
                (label, random) -> {
                    float[] other = SoftLabels.softmax(logits(random, label.length), 1);
                    float[] normal = Entries.normalised(label);

                    float[] mean = new MeanProbabilities().mean(List.of(label, other));
                    float[] ofDistributions = new MeanProbabilities().mean(List.of(normal, other));

                    assertThat(Entries.sum(mean)).isCloseTo((Entries.sum(label) + 1) / 2, ROUNDING);
                    // Entropy is concave.
                    assertThat(SoftLabels.entropy(ofDistributions))
                            .isGreaterThan(
                                    (SoftLabels.entropy(normal) + SoftLabels.entropy(other)) / 2
                                            - 1e-5);
                    for (int c = 0; c < mean.length; c++) {
                        assertThat(mean[c])
                                .isBetween(
                                        Math.min(label[c], other[c]), Math.max(label[c], other[c]));
                    }
                });
    }

    @Test
    void theMeanOfLogitsIsTheGeometricMeanOfProbabilitiesAndThatOfOneIsItself() {
        forAll(
                (label, random) -> {
                    float[] a = logits(random, label.length);
                    float[] b = logits(random, label.length);

                    float[] mean = SoftLabels.softmax(new MeanLogits().mean(List.of(a, b)), 1);

                    float[] geometric = new float[label.length];
                    float[] p = SoftLabels.softmax(a, 1);
                    float[] q = SoftLabels.softmax(b, 1);
                    for (int c = 0; c < geometric.length; c++) {
                        geometric[c] = (float) Math.sqrt((double) p[c] * q[c]);
                    }
                    float[] normal = Entries.normalised(geometric);
                    for (int c = 0; c < normal.length; c++) {
                        assertThat(mean[c]).isCloseTo(normal[c], within(1e-4f));
                    }
                    for (MeanTreatment one : List.of(new MeanLogits(), new MeanProbabilities())) {
                        assertThat(one.mean(List.of(a, a, a))).containsExactly(a);
                        assertThat(one.mean(List.of(a, b)))
                                .containsExactly(one.mean(List.of(b, a)));
                    }
                });
    }

    @Test
    void noTreatmentChangesWhatItIsGiven() {
        forAll(
                (label, random) -> {
                    float[] before = label.clone();
                    for (LabelTreatment treatment : anyOfEach(label.length)) {
                        treat(treatment, label);
                        assertThat(label).as(treatment.name()).containsExactly(before);
                    }
                });
    }

    @Test
    void everyTreatmentComesBackFromItsNameAndParameters() {
        for (LabelTreatment treatment : anyOfEach(10)) {
            assertThat(LabelTreatments.of(treatment.name(), treatment.parameters()))
                    .isEqualTo(treatment);
        }
        assertThat(anyOfEach(10).stream().map(LabelTreatment::name).distinct())
                .containsExactlyInAnyOrderElementsOf(LabelTreatments.names());
    }

    private static List<LabelTreatment> anyOfEach(int classes) {
        return List.of(
                new HardLabel(HardLabel.ARG_MAX),
                new HardLabel(HardLabel.CLASS),
                new Temperature(2),
                new SwapOne(1),
                new SwapTopK(classes / 2),
                new KeepTopK(1, false),
                new KeepTopK(1, true),
                new ZeroClass(0, false),
                new ZeroClass(0, true),
                new RemoveClass(0),
                new ShuffleOthers(),
                new EntropyMatched(EntropyMatched.KEPT),
                new EntropyMatched(EntropyMatched.RANDOM),
                new LabelSmoothing(0.1),
                new DropTail(0.05),
                new MeanLogits(),
                new MeanProbabilities());
    }

    private static float[] treat(LabelTreatment treatment, float[] label) {
        if (treatment instanceof ProbabilityTreatment plain) {
            // ZeroClass spares images of its class, so of an image of none.
            return plain.applyToProbabilities(label, treatment instanceof HardLabel ? 0 : -1);
        }
        if (treatment instanceof RandomTreatment random) {
            return random.applyToProbabilities(label, Seeds.stream(5, "any"));
        }
        return treatment instanceof MeanTreatment mean ? mean.mean(List.of(label, label)) : label;
    }

    private static void forAll(BiConsumer<float[], UniformRandomProvider> property) {
        for (int i = 0; i < LABELS; i++) {
            UniformRandomProvider random = Seeds.stream(i, "treatment properties");
            property.accept(label(random), random);
        }
    }

    private static float[] label(UniformRandomProvider random) {
        int classes = List.of(2, 3, 10, 10, 10, 100, 1000).get(random.nextInt(7));
        float[] label = SoftLabels.softmax(logits(random, classes), 1);
        switch (random.nextInt(6)) {
            case 0 -> label = SoftLabels.oneHot(random.nextInt(classes), classes);
            case 1 -> Arrays.fill(label, 1f / classes);
            case 2 -> label = Entries.scaledTo(0.05 + random.nextDouble(), label);
            case 3 -> label[random.nextInt(classes)] = label[random.nextInt(classes)];
            default -> {}
        }
        return label;
    }

    private static float[] logits(UniformRandomProvider random, int classes) {
        float spread = List.of(0.01f, 1f, 4f, 30f).get(random.nextInt(4));
        float[] logits = new float[classes];
        for (int c = 0; c < classes; c++) {
            logits[c] = spread * (random.nextFloat() * 2 - 1);
        }
        return logits;
    }

    private static void assertSumIsOne(float[] label) {
        assertThat(Entries.sum(label)).isCloseTo(1, ROUNDING);
    }

    private static void assertSameEntries(float[] before, float[] after) {
        float[] sortedBefore = before.clone();
        float[] sortedAfter = after.clone();
        Arrays.sort(sortedBefore);
        Arrays.sort(sortedAfter);
        assertThat(sortedAfter).containsExactly(sortedBefore);
    }

    /** No entry is now above one that was larger. */
    private static void assertOrderKept(float[] before, float[] after) {
        int[] ranked = Entries.ranked(before);
        List<Float> inOrder = new ArrayList<>();
        for (int c : ranked) {
            inOrder.add(after[c]);
        }
        for (int i = 1; i < ranked.length; i++) {
            assertThat(inOrder.get(i)).isLessThanOrEqualTo(inOrder.get(i - 1));
        }
    }
}
