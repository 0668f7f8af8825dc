package io.labelworth.standalone.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.labelworth.standalone.experiment.ExperimentFile.ChoiceLine;
import io.labelworth.standalone.experiment.ExperimentFile.VariantLine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepsTest {

    private static final String SMALL =
            """
            name: small
            dataset: fashion-mnist
            pool: 20
            budgets:
              - {imagesPerClass: 1, steps: 10}
            hardLabels: true
            checkpoints: [run/step-1]
            student: {name: convnet, parameters: {depth: 3, width: 8}}
            seeds: [1]
            """;

    @Test
    void aListOfValuesIsAVariantForEach() {
        ExperimentFile file =
                parse("recipe: {name: sgd, parameters: {learningRate: [0.01, 0.10]}}", null);

        assertThat(file.variants())
                .containsExactly(
                        new VariantLine(null, null, null, null, rate("0.01")),
                        new VariantLine(null, null, null, null, rate("0.10")));
    }

    @Test
    void severalSweepsAreCombinedTheLastVaryingFastest() {
        ExperimentFile file =
                parse(
                        """
                        recipe: {name: sgd, parameters: {learningRate: [0.01, 0.1]}}
                        variants:
                          - treatments: []
                          - treatments:
                              - {name: keep-top-k, parameters: {k: [2, 4], normalise: [false, true]}}
                        """,
                        null);

        assertThat(file.variants())
                .extracting(
                        v -> v.treatments().isEmpty() ? "" : parameter(v, "k"),
                        v -> v.treatments().isEmpty() ? "" : parameter(v, "normalise"),
                        v -> v.recipe().parameters().get("learningRate"))
                .containsExactly(
                        tuple("", "", "0.01"),
                        tuple("", "", "0.1"),
                        tuple("2", "false", "0.01"),
                        tuple("2", "false", "0.1"),
                        tuple("2", "true", "0.01"),
                        tuple("2", "true", "0.1"),
                        tuple("4", "false", "0.01"),
                        tuple("4", "false", "0.1"),
                        tuple("4", "true", "0.01"),
                        tuple("4", "true", "0.1"));
    }

    @Test
    void aSweepOverOneValueIsThatValue() {
        ExperimentFile swept =
                parse("recipe: {name: sgd, parameters: {learningRate: [0.1]}}", null);
        ExperimentFile plain = parse("recipe: {name: sgd, parameters: {learningRate: 0.1}}", null);

        assertThat(swept).isEqualTo(plain);
    }

    @Test
    void aSizesKeysAreInsteadOfTheFilesAndQuickIsTheDefault() {
        String sizes =
                """
                sizes:
                  quick: {seeds: [7]}
                  full: {seeds: [1, 2, 3], hardLabels: false}
                """;

        assertThat(parse(sizes, null)).isEqualTo(parse(sizes, FileSize.QUICK));
        assertThat(parse(sizes, FileSize.QUICK).seeds()).containsExactly(7L);
        assertThat(parse(sizes, FileSize.QUICK).hardLabels()).isTrue();
        assertThat(parse(sizes, FileSize.FULL).seeds()).containsExactly(1L, 2L, 3L);
        assertThat(parse(sizes, FileSize.FULL).hardLabels()).isFalse();
    }

    private static String parameter(VariantLine variant, String name) {
        return variant.treatments().get(0).parameters().get(name);
    }

    private static ChoiceLine rate(String learningRate) {
        return new ChoiceLine("sgd", Map.of("learningRate", learningRate));
    }

    private static ExperimentFile parse(String more, FileSize size) {
        return ExperimentFiles.parse(SMALL + more, "small.yaml", size);
    }
}
