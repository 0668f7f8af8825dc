package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Exhaustive: every half, and every float next to a place where rounding turns. */
class HalfTest {

    private static final int INFINITY = 0x7C00;

    @Test
    void everyHalfComesBackFromItsFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            float value = Half.toFloat(half);
            if (Float.isNaN(value)) {
                assertThat(Half.toFloat(Half.fromFloat(value))).isNaN();
            } else {
                assertThat(Half.fromFloat(value)).as("%04x", bits).isEqualTo(half);
            }
        }
    }

    @Test
    void everyHalfHasTheValueThatTheStandardGives() {
        for (int bits = 0; bits < INFINITY; bits++) {
            int exponent = bits >> 10;
            int fraction = bits & 0x3FF;
            double value =
                    exponent == 0
                            ? fraction * Math.pow(2, -24)
                            : (1024 + fraction) * Math.pow(2, exponent - 25);
            assertThat((double) Half.toFloat((short) bits)).as("%04x", bits).isEqualTo(value);
            assertThat((double) Half.toFloat((short) (bits | 0x8000))).isEqualTo(-value);
        }
    }

    @Test
    void betweenTwoHalvesTheNearestWinsAndTiesGoToEven() {
        for (int bits = 0; bits < INFINITY - 1; bits++) {
            float lower = Half.toFloat((short) bits);
            float upper = Half.toFloat((short) (bits + 1));
            float middle = (lower + upper) / 2;
            int even = bits % 2 == 0 ? bits : bits + 1;
            assertThat((int) Half.fromFloat(middle)).as("tie at %04x", bits).isEqualTo(even);
            assertThat((int) Half.fromFloat(Math.nextDown(middle))).isEqualTo(bits);
            assertThat((int) Half.fromFloat(Math.nextUp(middle))).isEqualTo(bits + 1);
        }
    }

    @Test
    void whatIsTooLargeIsInfinite() {
        assertThat((int) Half.fromFloat(Math.nextDown(65520f))).isEqualTo(INFINITY - 1);
        assertThat((int) Half.fromFloat(65520f)).isEqualTo(INFINITY);
        assertThat((int) Half.fromFloat(Float.MAX_VALUE)).isEqualTo(INFINITY);
        assertThat((int) Half.fromFloat(Float.POSITIVE_INFINITY)).isEqualTo(INFINITY);
    }
}
