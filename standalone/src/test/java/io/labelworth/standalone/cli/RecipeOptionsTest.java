package io.labelworth.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.run.Optimiser;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RecipeOptionsTest {

    @Test
    void withoutOptionsAnExpertIsTrainedAsThePaperDoes() {
        assertThat(recipe()).isEqualTo(Recipe.EXPERT);
    }

    @Test
    void whatIsNotSaidFollowsFromTheOptimiser() {
        assertThat(recipe("--optimizer", "adamw", "--batch", "64"))
                .isEqualTo(
                        new Recipe(
                                new Optimiser.AdamW(0.01),
                                new Schedule.Cosine(),
                                0.001,
                                64,
                                1,
                                Recipe.DSA,
                                0));
        assertThat(recipe("--zca").zca()).isEqualTo(0.1);
        assertThat(recipe("--zca", "0.5").zca()).isEqualTo(0.5);
        assertThat(
                        recipe(
                                "--lr=0.1",
                                "--momentum=0.9",
                                "--weight-decay=5e-4",
                                "--schedule=step",
                                "--no-augmentation"))
                .isEqualTo(new Recipe(0.1, 0.9, 5e-4, 256, 1, 0.3, 0.25, Recipe.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "--optimizer=adam, known: adamw",
        "--schedule=linear, cosine",
        "--lr=-1, learningRate",
        "--lr=NaN, learningRate",
        "--batch=0, batchSize",
        "--optimizer=adamw --momentum=0.9, momentum"
    })
    void whatIsNoRecipeIsSaidInOneLine(String options, String named) {
        assertThatThrownBy(() -> recipe(options.split(" ")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("\n");
    }

    private static Recipe recipe(String... options) {
        RecipeOptions parsed = new RecipeOptions();
        new CommandLine(new Command(parsed)).parseArgs(options);
        return parsed.recipe();
    }

    @CommandLine.Command
    private record Command(@CommandLine.Mixin RecipeOptions options) {}
}
