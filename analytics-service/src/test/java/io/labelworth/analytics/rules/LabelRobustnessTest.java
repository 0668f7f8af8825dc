package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelRobustnessTest {

    @Test
    void scoreIsOneAtBestAndZeroAtWorst() {
        assertThat(LabelRobustness.score(-1, 1)).isCloseTo(1, within(1e-12));
        assertThat(LabelRobustness.score(1, -1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void methodIsComparedWithHardLabelsAndWithRandomImages() {
        List<LabelRobustness> rows =
                LabelRobustness.of(
                        List.of(
                                of("real", Results.hard(10, 1, 0.5)),
                                of("real", Results.hard(100, 1, 0.8)),
                                of("real", Results.soft("e", 10, 1, 0.6)),
                                of("mtt", Results.hard(10, 1, 0.55)),
                                of("mtt", Results.soft("own", 10, 1, 0.7))));

        // alpha = 0.5 * (0.7 - 0.6) - 0.5 * (0.8 - 0.55) = -0.075
        double score = (Math.exp(-0.075) - Math.exp(-1)) / (Math.E - Math.exp(-1));
        assertThat(rows)
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.method()).isEqualTo("mtt");
                            assertThat(row.realHard()).isEqualTo(0.8);
                            assertThat(row.synHard()).isEqualTo(0.55);
                            assertThat(row.synAny()).isEqualTo(0.7);
                            assertThat(row.randomAny()).isEqualTo(0.6);
                            assertThat(row.hlr()).isCloseTo(0.25, within(1e-12));
                            assertThat(row.ior()).isCloseTo(0.1, within(1e-12));
                            assertThat(row.score()).isCloseTo(score, within(1e-12));
                            assertThat(row.message()).contains("up to 100 images per class");
                        });
    }

    @Test
    void whatIsMissingIsSaidInsteadOfAScore() {
        assertThat(LabelRobustness.of(List.of(of("mtt", Results.soft("own", 10, 1, 0.7)))))
                .singleElement()
                .returns(null, LabelRobustness::score)
                .returns(
                        "no results yet of this student and recipe on real images with hard labels, "
                                + "its images with hard labels at 10 images per class, "
                                + "real images at 10 images per class",
                        LabelRobustness::message);
    }

    private static AccuracySummary of(String source, Accuracy.Builder result) {
        return Summaries.of(List.of(result.setSource(source).build()));
    }
}
