package io.labelworth.learning.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DecimalsTest {

    @Test
    void numbersAreWrittenAsTheShortestDecimalWithoutExponent() {
        assertThat(Decimals.text(5e-4)).isEqualTo("0.0005");
        assertThat(Decimals.text(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(Decimals.text(100.0)).isEqualTo("100");
        assertThat(Decimals.text(-0.0)).isEqualTo("0");
        assertThat(Decimals.text(2e23)).isEqualTo("2" + "0".repeat(23));
        assertThat(Decimals.text(0.286f)).isEqualTo("0.286");
        assertThat(Decimals.text(1.17549435e-38f)).startsWith("0.000").endsWith("11754944");
    }

    @Test
    void everyNumberReadsBackToTheBit() {
        // Given
        RandomGenerator random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            double wide = random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
            float narrow = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-36, 36)));

            // Then
            assertThat(Decimals.real(Decimals.text(wide))).isEqualTo(wide);
            assertThat(Decimals.single(Decimals.text(narrow))).isEqualTo(narrow);
        }
    }

    @Test
    void wholeNumbersHaveOneForm() {
        assertThat(Decimals.canonical("032")).isEqualTo("32");
        assertThat(Decimals.canonical("+32")).isEqualTo("32");
        assertThat(Decimals.canonical("instance")).isEqualTo("instance");
    }

    @Test
    void whatOnlyBeginsAsAWholeNumberIsRefused() {
        for (String text : new String[] {"1d", "1.0", "0x1", " 1", "", "99999999999"}) {
            assertThatThrownBy(() -> Decimals.integer(text))
                    .as(text)
                    .isInstanceOf(NumberFormatException.class);
        }
    }
}
