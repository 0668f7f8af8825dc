package io.labelworth.learning.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedParametersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fp16; fp16",
                "fp16(); fp16",
                " topk-fp16( k=010 ); topk-fp16(k=10)",
                "a(b=2,a=1.50); a(a=1.50,b=2)"
            })
    void oneChoiceHasOneText(String written, String text) {
        assertThat(NamedParameters.parse(written)).hasToString(text);
        assertThat(NamedParameters.parse(text)).isEqualTo(NamedParameters.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a(b)", "a(b=)", "a(b=1,b=2)", "a(b=(1))", "a(b=1", "a b"})
    void whatIsNotOfTheFormIsRefused(String text) {
        assertThatThrownBy(() -> NamedParameters.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parametersThatWouldMakeAnotherTextAreRefused() {
        assertThatThrownBy(() -> new NamedParameters("a", Map.of("b", "1,c=2")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
