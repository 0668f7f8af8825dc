package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.Choice;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyTest {

    @Test
    void keyNamesWhatMayBeComparedWithParametersSorted() {
        Family family =
                new Family(
                        "cifar10",
                        "v1",
                        "real",
                        null,
                        choice(Map.of("width", "32", "depth", "3")),
                        recipe(
                                Map.of(
                                        "steps", "300",
                                        "schedule", "cosine",
                                        "momentum", "0.5",
                                        "learningRate", "0.03")));
        String key = "cifar10@v1/real/convnet[depth=3,width=32]/sgd[momentum=0.5,schedule=cosine]";

        assertThat(family.key()).isEqualTo(key);
        assertThat(family.frontierKey("hard", CostAxis.BYTES)).isEqualTo(key + "/hard/bytes");
        assertThat(family.worthKey(10)).isEqualTo(key + "/10");
    }

    @Test
    void slashesInNamesNeverMakeOneFamilyLookLikeAnother() {
        Family family = new Family("a/b", "v", "c", null, choice(Map.of()), recipe(Map.of()));
        Family other = new Family("a", "v", "b/c", null, choice(Map.of()), recipe(Map.of()));

        assertThat(family.key()).isEqualTo("a%2Fb@v/c/convnet/sgd");
        assertThat(other.key()).isEqualTo("a@v/b%2Fc/convnet/sgd");
    }

    @Test
    void budgetsOfOneRecipeAreOneFamilyWhateverTheirStepsAndRates() {
        assertThat(family(recipe(Map.of("steps", "300", "momentum", "0.5"))))
                .isEqualTo(family(recipe(Map.of("steps", "1000", "momentum", "0.5"))))
                .isEqualTo(
                        family(
                                recipe(
                                        Map.of(
                                                "steps", "300",
                                                "momentum", "0.5",
                                                "learningRate", "0.1"))))
                .isNotEqualTo(family(recipe(Map.of("steps", "300"))));
    }

    @Test
    void imagesSelectedOtherwiseAreAnotherFamily() {
        Choice decile = new Choice("decile", Map.of("labelling", "ab", "decile", "3"));
        Family family =
                new Family("cifar10", "v1", "real", decile, choice(Map.of()), recipe(Map.of()));

        assertThat(family.key())
                .isEqualTo("cifar10@v1/real+decile[decile=3,labelling=ab]/convnet/sgd");
    }

    private static Family family(Choice recipe) {
        return new Family("cifar10", "v1", "real", null, choice(Map.of()), recipe);
    }

    private static Choice recipe(Map<String, String> parameters) {
        return Choice.newBuilder().setName("sgd").setParameters(parameters).build();
    }

    private static Choice choice(Map<String, String> parameters) {
        return Choice.newBuilder().setName("convnet").setParameters(parameters).build();
    }
}
