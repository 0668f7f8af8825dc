package io.labelworth.trainer.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.ShuffleOthers;
import io.labelworth.learning.label.Temperature;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.RunSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SetIdTest {

    private static final List<String> IMAGES = List.of("train-1", "train-2");

    @Test
    void setsOfTheSameImagesAndLogitsDifferByTreatmentAndSource() {
        // When
        Stream<String> ids =
                Stream.of(
                                spec("real"),
                                spec("real", new Temperature(1)),
                                spec("real", new Temperature(4)),
                                spec("real", new Temperature(1), new Temperature(4)),
                                spec("real", new Temperature(4), new Temperature(1)),
                                spec("sre2l"))
                        .map(spec -> SetId.of(spec, IMAGES, "digest"));

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void whatChanceDoesToLabelsIsAnotherSetUnderAnotherSubsetSeed() {
        // Given
        RunSpec shuffled = spec("real", new ShuffleOthers());

        // Then
        assertThat(SetId.of(shuffled.withSeeds(1, 0), IMAGES, "digest"))
                .isNotEqualTo(SetId.of(shuffled.withSeeds(2, 0), IMAGES, "digest"))
                .isEqualTo(SetId.of(shuffled.withSeeds(1, 5), IMAGES, "digest"));
    }

    @Test
    void howAStudentIsTrainedDoesNotChangeTheSet() {
        // Given
        RunSpec spec = spec("real", new Temperature(4));

        // When
        String id = SetId.of(spec.withSeeds(0, 7), IMAGES, "digest");

        // Then
        assertThat(id).isEqualTo(SetId.of(spec, IMAGES, "digest"));
    }

    private static RunSpec spec(String source, LabelTreatment... treatments) {
        return new RunSpec(
                "tiny",
                "tiny-1",
                source,
                1,
                4,
                RunSpec.FIXED_SOFT,
                List.of("labelling"),
                List.of(treatments),
                Architecture.convnet(2, 4),
                Recipe.ofSteps(10),
                Evaluation.DEFAULT,
                0,
                0);
    }
}
