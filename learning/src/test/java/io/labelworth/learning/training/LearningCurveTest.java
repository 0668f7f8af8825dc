package io.labelworth.learning.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {

    @Test
    void finalAndBestAreKeptApart() {
        // Given: a student that is best halfway
        Iterator<Double> accuracies = List.of(0.5, 0.8, 0.8, 0.6).iterator();
        LearningCurve curve =
                new LearningCurve(
                        2,
                        7,
                        1000,
                        step ->
                                new Evaluator.Measurement(
                                        accuracies.next(), new double[0], 0, 100));

        // When
        for (int step = 1; step <= 7; step++) {
            curve.after(step, 10L * step, step, 0.5);
        }

        // Then: the first of equals is the best; the last point's loss is that of its one step
        assertThat(curve.last())
                .isEqualTo(new CurvePoint(7, 70, 210_000, 7, 0.6, 100, 0.8, 4, 3.5));
        assertThat(accuracies.hasNext()).isFalse();
    }
}
