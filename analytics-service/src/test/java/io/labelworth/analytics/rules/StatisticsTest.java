package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.schemas.event.Interval;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void intervalIsStudentsTAroundTheMean() {
        Interval interval = Statistics.interval(new double[] {0.5, 0.6, 0.7});

        // t(0.975, 2) = 4.302653 by the usual table; 4.302653 * 0.1 / sqrt(3)
        assertThat(interval.getN()).isEqualTo(3);
        assertThat(interval.getMean()).isCloseTo(0.6, within(1e-12));
        assertThat(interval.getStd()).isCloseTo(0.1, within(1e-12));
        assertThat(interval.getHalfWidth95()).isCloseTo(0.2484138, within(1e-7));
    }

    @Test
    void oneValueHasNoInterval() {
        Interval interval = Statistics.interval(new double[] {0.5});

        assertThat(interval).isEqualTo(new Interval(1, 0.5, null, null));
    }

    @Test
    void manyValuesApproachTheNormalQuantile() {
        double[] values = new double[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2;
        }

        Interval interval = Statistics.interval(values);

        assertThat(interval.getHalfWidth95() / interval.getStd() * Math.sqrt(1000))
                .isCloseTo(1.9623415, within(1e-6));
    }
}
