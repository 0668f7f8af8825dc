package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TreatmentChainTest {

    private static final float[] LOGITS = {0.5f, 3, 1, -1, 0.25f, -2};
    private static final float[] OTHERS = {2, 1, -1, 0, 0.5f, 3};
    private static final LabelledImage IMAGE = new LabelledImage("train-00042", 1);

    @Test
    void temperatureAloneIsSoftmaxOfDividedLogitsToTheBit() {
        float[] expected = SoftLabels.softmax(new Temperature(2.5).applyToLogits(LOGITS), 1);

        assertThat(of(new Temperature(2.5))).containsExactly(expected);
        assertThat(of()).containsExactly(SoftLabels.softmax(LOGITS, 1));
    }

    @Test
    void treatmentsActInTheOrderGiven() {
        // When
        float[] smoothedLast = of(new KeepTopK(2, true), new LabelSmoothing(0.6));
        float[] smoothedFirst = of(new LabelSmoothing(0.6), new KeepTopK(2, true));

        // Then
        assertThat(smoothedLast).doesNotContain(0);
        assertThat(smoothedFirst).contains(0);
    }

    @Test
    void aTemperatureMayComeAfterWhatActsOnProbabilities() {
        // Given: permutations and temperature commute
        float[] before = of(new Temperature(3), new SwapOne(1));

        // When
        float[] after = of(new SwapOne(1), new Temperature(3));

        // Then
        assertThat(after).containsExactly(before, within(1e-6f));
    }

    @Test
    void anEnsembleIsTheMeanOfLogitsOrOfProbabilities() {
        // Given
        float[] mean = new MeanLogits().mean(List.of(LOGITS, OTHERS));
        float[] first = SoftLabels.softmax(LOGITS, 1);
        float[] second = SoftLabels.softmax(OTHERS, 1);

        // Then
        assertThat(ofBoth(new MeanLogits())).containsExactly(SoftLabels.softmax(mean, 1));
        assertThat(ofBoth(new MeanProbabilities()))
                .containsExactly(new MeanProbabilities().mean(List.of(first, second)));
    }

    @Test
    void whatComesBeforeTheMeanIsDoneToEachLabelling() {
        // When
        float[] votes = ofBoth(new HardLabel(HardLabel.ARG_MAX), new MeanProbabilities());
        float[] winner = ofBoth(new MeanProbabilities(), new HardLabel(HardLabel.ARG_MAX));

        // Then
        assertThat(votes).containsExactly(0, 0.5f, 0, 0, 0, 0.5f);
        assertThat(winner).containsExactly(0, 1, 0, 0, 0, 0);
    }

    @Test
    void aHardLabelCanBeTreatedToo() {
        // When
        float[] smoothed =
                new TreatmentChain(List.of(new LabelSmoothing(0.6)), 0, 6, 1).ofClass(IMAGE);

        // Then: 0.4 for the class, and a sixth of 0.6 for each
        assertThat(smoothed)
                .containsExactly(new float[] {0.1f, 0.5f, 0.1f, 0.1f, 0.1f, 0.1f}, within(1e-6f));
    }

    @Test
    void chanceKnowsTheSeedTheImageAndNothingElse() {
        // Given
        TreatmentChain chain = soft(7, new ShuffleOthers());
        float[] alone = chain.ofLogits(IMAGE, List.of(LOGITS));

        // When: another chain, another label first
        TreatmentChain again = soft(7, new ShuffleOthers());
        again.ofLogits(new LabelledImage("train-00041", 1), List.of(LOGITS));

        // Then
        assertThat(again.ofLogits(IMAGE, List.of(LOGITS))).containsExactly(alone);
        assertThat(chain.ofLogits(new LabelledImage("train-00041", 1), List.of(LOGITS)))
                .isNotEqualTo(alone);
        assertThat(soft(8, new ShuffleOthers()).ofLogits(IMAGE, List.of(LOGITS)))
                .isNotEqualTo(alone);
    }

    @Test
    void aTreatmentBeforeItDoesNotChangeWhatChanceDoes() {
        // When
        float[] plain = of(new ShuffleOthers());
        float[] softer = of(new Temperature(2), new ShuffleOthers());

        // Then: the same order, of softer entries
        assertThat(Entries.ranked(softer)).containsExactly(Entries.ranked(plain));
    }

    @Test
    void theSameTreatmentTwiceDrawsTwice() {
        assertThat(of(new ShuffleOthers(), new ShuffleOthers()))
                .isNotEqualTo(of(new ShuffleOthers()));
    }

    @Test
    void membersOfAnEnsembleAreShuffledApart() {
        // Given: two experts of one opinion
        TreatmentChain chain =
                new TreatmentChain(List.of(new ShuffleOthers(), new MeanProbabilities()), 2, 6, 7);

        // Then
        assertThat(chain.ofLogits(IMAGE, List.of(LOGITS, LOGITS)))
                .isNotEqualTo(soft(7, new ShuffleOthers()).ofLogits(IMAGE, List.of(LOGITS)));
    }

    @Test
    void aRemovedClassIsLeftOutAndOtherLabelsStay() {
        // When
        TreatmentChain chain = soft(1, new RemoveClass(3));

        // Then
        assertThat(TreatmentChain.keeps(List.of(new RemoveClass(3)), 3)).isFalse();
        assertThat(TreatmentChain.keeps(List.of(new RemoveClass(3)), 2)).isTrue();
        assertThat(chain.ofLogits(IMAGE, List.of(LOGITS))).containsExactly(of());
    }

    @Test
    void severalLabellingsNeedExactlyOneMean() {
        assertRefused(2, "2 labellings need the treatment mean-logits or mean-probabilities");
        assertRefused(2, "once", new MeanLogits(), new MeanProbabilities());
        assertRefused(1, "two labellings or more", new MeanLogits());
        assertRefused(0, "two labellings or more", new MeanProbabilities());
    }

    @Test
    void aMeanOfLogitsNeedsLogits() {
        assertRefused(
                2,
                "label-smoothing has made probabilities",
                new LabelSmoothing(0.1),
                new MeanLogits());
        TreatmentChain.requireComposable(
                List.of(new Temperature(2), new RemoveClass(1), new MeanLogits()), 2);
    }

    @Test
    void parametersThatDoNotFitTheClassesAreRefused() {
        assertThatThrownBy(() -> new TreatmentChain(List.of(new SwapOne(6)), 1, 6, 0))
                .isInstanceOf(LabelException.class)
                .hasMessage("swap-one: rank is 6; it must be 1 to 5");
        List<LabelTreatment> all = List.of(new RemoveClass(0), new RemoveClass(1));
        assertThatThrownBy(() -> new TreatmentChain(all, 0, 2, 0))
                .hasMessage("remove-class leaves no class in the set");
    }

    private static void assertRefused(
            int labellings, String message, LabelTreatment... treatments) {
        assertThatThrownBy(() -> TreatmentChain.requireComposable(List.of(treatments), labellings))
                .isInstanceOf(LabelException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private static float[] of(LabelTreatment... treatments) {
        return soft(7, treatments).ofLogits(IMAGE, List.of(LOGITS));
    }

    private static float[] ofBoth(LabelTreatment... treatments) {
        return new TreatmentChain(List.of(treatments), 2, LOGITS.length, 7)
                .ofLogits(IMAGE, List.of(LOGITS, OTHERS));
    }

    private static TreatmentChain soft(long seed, LabelTreatment... treatments) {
        return new TreatmentChain(List.of(treatments), 1, LOGITS.length, seed);
    }
}
