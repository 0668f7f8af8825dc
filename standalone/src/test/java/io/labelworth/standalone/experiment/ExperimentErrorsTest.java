package io.labelworth.standalone.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentErrorsTest {

    private static final String SMALL =
            """
            name: small
            dataset: fashion-mnist
            pool: 20
            budgets:
              - {imagesPerClass: 1, steps: 10}
              - {imagesPerClass: 2, steps: 10}
            checkpoints: [run/step-1]
            student: {name: convnet, parameters: {depth: 3, width: 8}}
            recipe: {name: sgd}
            seeds: [1]
            variants:
              - treatments: []
              - treatments: [{name: temperature, parameters: {value: [2, 3]}}]
            sizes:
              quick: {seeds: [2]}
              full:
                seeds: [2, 3]
            """;

    /** What is wrong is named with its line, and the nearest name that is right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pool: 20 | pol: 20 | 3: unknown key 'pol'; did you mean 'pool'?",
                "budgets: | budgts: | 4: unknown key 'budgts'; did you mean 'budgets'?",
                "2, steps | 2, step | 6: unknown key 'step'; did you mean 'steps'?",
                "{name: sgd} | {nmae: sgd} | 9: unknown key 'nmae'; did you mean 'name'?",
                "full: | fulll: | 16: unknown key 'fulll'; did you mean 'full'?",
                "seeds: [2, 3] | seds: [2, 3] | 17: unknown key 'seds'; did you mean 'seeds'?",
                "- treatments: [{ | - treatment: [{ | 13: unknown key 'treatment'; did you mean"
                        + " 'treatments'?",
                "name: temperature | name: temprature | 13: treatments: there is no 'temprature';"
                        + " did you mean 'temperature'?",
                "fashion-mnist | fashon-mnist | 2: dataset: there is no 'fashon-mnist'; did you"
                        + " mean 'fashion-mnist'?",
                "name: sgd | name: adam | 9: recipe: there is no 'adam'; did you mean 'adamw'?",
                "name: convnet | name: convet | 8: student: there is no 'convet'; did you mean"
                        + " 'convnet'?",
                "pool: 20 | pool: many | 3: pool is \"many\", not a whole number of usual size",
                "pool: 20 | pool: [20] | 3: pool is several values, not a whole number",
                "seeds: [1] | seeds: 1 | 10: seeds is a list",
                "seeds: [1] | seeds: | 10: seeds has no value",
                "pool: 20 | name: again | 3: key 'name' is there twice",
                "name: small | name: {a | 2: while parsing a flow mapping, expected",
                // Empty sweeps, in a size that was not asked for too.
                "value: [2, 3] | value: [] | 13: the sweep over value has no values",
                "seeds: [2, 3] | seeds: [] | 17: seeds must list at least one",
                "seeds: [2, 3] | variants: [] | 17: variants lists none",
                // What the planner would refuse.
                "Class: 2 | Class: 21 | 6: imagesPerClass is 21, not at least 1 and at most 20",
                "value: [2, 3] | value: [2, 0] | 13: temperature is 0",
                "value: [2, 3] | valeu: [2, 3] | 13: temperature takes the parameter value",
                "depth: 3 | depth: 30 | 8: ",
                "{name: sgd} | {name: sgd, parameters: {momentum: 2}} | 9: momentum is 2",
                "pool: 20 | hardTreatments: [{name: hard, parameters: {of: class}}] | 1: pool is"
                        + " missing",
                "seeds: [1] | ensembles: [[a, a]] | 10: ensembles: [a, a] is not of two",
                "- treatments: [] | - treatments: [{name: mean-logits}] | 12: treatments name a"
                        + " mean, which needs ensembles",
                "- treatments: [] | - hardTreatments: [{name: hard, parameters: {of: class}}] | 12:"
                        + " hardTreatments need hardLabels",
                "checkpoints: [run/step-1] | hardLabels: false | 12: it asks for neither",
                "- treatments: [] | - selection: {name: decile, parameters: {decile: 1}} | 12:"
                        + " selection decile takes the parameter checkpoint",
            })
    void isRefusedWithItsLine(String from, String to, String message) {
        assertThatThrownBy(
                        () ->
                                ExperimentFiles.parse(
                                        SMALL.replaceFirst(
                                                Pattern.quote(from), Matcher.quoteReplacement(to)),
                                        "small.yaml",
                                        null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("small.yaml:" + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aSizeThatIsNotThereIsRefused() {
        String without = SMALL.substring(0, SMALL.indexOf("sizes:"));

        assertThatThrownBy(() -> ExperimentFiles.parse(without, "small.yaml", FileSize.FULL))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("small.yaml:1: it has no size full");
    }

    @Test
    void aSweepThatExplodesIsRefused() {
        String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
        String five = ("{name: temperature, parameters: {value: " + ten + "}}, ").repeat(5);
        String yaml = SMALL.replace("- treatments: []", "- treatments: [" + five + "]");

        assertThatThrownBy(() -> ExperimentFiles.parse(yaml, "small.yaml", null))
                .hasMessage("small.yaml:12: more than 10000 variants");
    }
}
