package io.labelworth.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void theMedianIsTheMiddleWhateverTheOrder() {
        assertThat(new Figure(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Figure(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
        assertThat(Figure.once(7).median()).isEqualTo(7);
    }

    @Test
    void minMaxAndSpreadShowTheNoise() {
        Figure figure = new Figure(List.of(8.0, 10.0, 11.0));

        assertThat(figure.min()).isEqualTo(8);
        assertThat(figure.max()).isEqualTo(11);
        assertThat(figure.spread()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void aRatioIsTakenRepetitionByRepetition() {
        // Given a machine that was half as fast during the second repetition
        Figure ours = new Figure(List.of(90.0, 45.0, 80.0));
        Figure theirs = new Figure(List.of(100.0, 50.0, 100.0));

        assertThat(ours.over(theirs).values()).containsExactly(0.9, 0.9, 0.8);
    }

    @Test
    void whatIsNoMeasurementIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Figure(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.once(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.once(1).over(new Figure(List.of(1.0, 2.0))));
    }
}
