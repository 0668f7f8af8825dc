package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each treatment once by hand, and what it says of parameters that are not its own. */
class TreatmentExamplesTest {

    private static final float[] LABEL = {0.1f, 0.5f, 0.25f, 0.15f};
    private static final Offset<Float> CLOSE = within(1e-6f);

    @Test
    void hardIsTheArgMaxOrTheImagesClass() {
        assertThat(treat("hard", Map.of("of", "arg-max"))).containsExactly(0, 1, 0, 0);
        assertThat(treat("hard", Map.of("of", "class"))).containsExactly(0, 0, 0, 1);
    }

    @Test
    void temperatureTakesARootOfProbabilities() {
        // Given: the square roots of 0.64 and 0.16 are 0.8 and 0.4, of sum 1.2; the label's is 0.8
        float[] label = {0.64f, 0.16f};

        // When
        float[] treated = new Temperature(2).applyToProbabilities(label, 0);

        // Then
        assertThat(treated).containsExactly(new float[] {0.8f * 2 / 3, 0.8f / 3}, CLOSE);
    }

    @Test
    void swapOneExchangesTheEntryOfARankWithTheSmallest() {
        assertThat(treat("swap-one", Map.of("rank", "1")))
                .containsExactly(0.5f, 0.1f, 0.25f, 0.15f);
        assertThat(treat("swap-one", Map.of("rank", "3")))
                .containsExactly(0.15f, 0.5f, 0.25f, 0.1f);
    }

    @Test
    void swapTopKExchangesTheLargestWithTheSmallestInOrder() {
        assertThat(treat("swap-top-k", Map.of("k", "2"))).containsExactly(0.5f, 0.1f, 0.15f, 0.25f);
    }

    @Test
    void ofEqualEntriesTheFirstClassRanksFirst() {
        // Given
        float[] label = {0.25f, 0.25f, 0.4f, 0.1f};

        // Then: rank 2 is class 0
        assertThat(new SwapOne(2).applyToProbabilities(label, 0))
                .containsExactly(0.1f, 0.25f, 0.4f, 0.25f);
        assertThat(new KeepTopK(2, false).applyToProbabilities(label, 0))
                .containsExactly(0.25f, 0, 0.4f, 0);
    }

    @Test
    void keepTopKKeepsValuesUnlessToldToNormalise() {
        assertThat(treat("keep-top-k", Map.of("k", "2"))).containsExactly(0, 0.5f, 0.25f, 0);
        assertThat(treat("keep-top-k", Map.of("k", "2", "normalise", "true")))
                .containsExactly(new float[] {0, 2f / 3, 1f / 3, 0}, CLOSE);
        assertThat(treat("keep-top-k", Map.of("k", "1"))).containsExactly(0, 0.5f, 0, 0);
    }

    @Test
    void zeroClassSparesTheImagesOfTheClass() {
        assertThat(treat("zero-class", Map.of("class", "1")))
                .containsExactly(0.1f, 0, 0.25f, 0.15f);
        assertThat(treat("zero-class", Map.of("class", "1", "normalise", "true")))
                .containsExactly(new float[] {0.2f, 0, 0.5f, 0.3f}, CLOSE);
        assertThat(treat("zero-class", Map.of("class", "3"))).containsExactly(LABEL);
    }

    @Test
    void aLabelOfNothingButTheZeroedClassIsNothing() {
        assertThat(new ZeroClass(0, true).applyToProbabilities(new float[] {1, 0}, 1))
                .containsExactly(0, 0);
    }

    @Test
    void dropTailRemovesSharesBelowTheThreshold() {
        assertThat(treat("drop-tail", Map.of("below", "0.2")))
                .containsExactly(new float[] {0, 2f / 3, 1f / 3, 0}, CLOSE);
        assertThat(treat("drop-tail", Map.of("below", "0.9"))).containsExactly(0, 1, 0, 0);
    }

    @Test
    void labelSmoothingMixesInTheUniformLabel() {
        assertThat(treat("label-smoothing", Map.of("weight", "0.2")))
                .containsExactly(new float[] {0.13f, 0.45f, 0.25f, 0.17f}, CLOSE);
    }

    @Test
    void meansAreEntryByEntry() {
        List<float[]> labels = List.of(new float[] {1, 4}, new float[] {3, -2});

        assertThat(new MeanLogits().mean(labels)).containsExactly(2, 1);
        assertThat(new MeanProbabilities().mean(labels)).containsExactly(2, 1);
    }

    @Test
    void whatChanceDoesIsTheSameForGood() {
        assertThat(new ShuffleOthers().applyToProbabilities(LABEL, Seeds.stream(1, "golden")))
                .containsExactly(0.15f, 0.5f, 0.1f, 0.25f);
        assertThat(
                        new EntropyMatched(EntropyMatched.RANDOM)
                                .applyToProbabilities(LABEL, Seeds.stream(1, "golden")))
                .containsExactly(0.3167047f, 0.3902721f, 0.25294676f, 0.04007643f);
    }

    @ParameterizedTest
    @CsvSource({
        "swap,'','known: [hard, temperature, swap-one'",
        "temperature,'','temperature takes the parameter value, not []'",
        "temperature,T=2,'temperature takes the parameter value, not [T]'",
        "temperature,value=0,must be above 0",
        "hard,of=expert,'hard: of is \"expert\"; it must be arg-max or class'",
        "hard,'',takes the parameter of",
        "swap-one,rank=0,'swap-one: rank is 0; it must be 1 or more'",
        "swap-one,rank=1.5,not a whole number",
        "swap-top-k,k=-1,must be 1 or more",
        "keep-top-k,k=0,must be 1 or more",
        "keep-top-k,normalise=true,'takes the parameter k and perhaps normalise, not [normalise]'",
        "keep-top-k,k=1;normalise=yes,it must be true or false",
        "zero-class,class=-1,must be 0 or more",
        "remove-class,class=x,not a whole number",
        "shuffle-others,seed=1,'takes no parameters, not [seed]'",
        "entropy-matched,top=none,it must be kept or random",
        "label-smoothing,weight=1.1,must be 0 to 1",
        "label-smoothing,weight=NaN,not a number",
        "drop-tail,below=0,must be above 0 and below 1",
        "mean-logits,of=3,'takes no parameters, not [of]'"
    })
    void whatATreatmentDoesNotTakeIsRefusedInOneLine(String name, String given, String message) {
        assertThatThrownBy(() -> LabelTreatments.of(name, parameters(given)))
                .isInstanceOf(LabelException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "swap-one,rank=4,1 to 3",
        "swap-top-k,k=3,1 to 2",
        "keep-top-k,k=5,1 to 4",
        "zero-class,class=4,0 to 3",
        "remove-class,class=4,0 to 3"
    })
    void whatDoesNotFitTheClassesIsRefusedWithTheRange(String name, String given, String range) {
        LabelTreatment treatment = LabelTreatments.of(name, parameters(given));

        assertThatThrownBy(() -> treatment.requireClasses(4))
                .isInstanceOf(LabelException.class)
                .hasMessage("%s: %s; it must be %s", name, given.replace("=", " is "), range);
        treatment.requireClasses(10);
    }

    private static float[] treat(String name, Map<String, String> parameters) {
        return ((ProbabilityTreatment) LabelTreatments.of(name, parameters))
                .applyToProbabilities(LABEL, 3);
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        for (String assignment : text.split(";")) {
            if (!assignment.isEmpty()) {
                String[] sides = assignment.split("=");
                parameters.put(sides[0], sides[1]);
            }
        }
        return parameters;
    }
}
