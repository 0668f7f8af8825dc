package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final String PORT = "LABELWORTH_HTTP_PORT";

    @Test
    void anUnsetOrBlankVariableIsAtItsDefault() {
        Environment environment = new Environment(Map.of("BLANK", "  "));

        assertThat(environment.text("BLANK", "fallback")).isEqualTo("fallback");
        assertThat(environment.text("UNSET", "fallback")).isEqualTo("fallback");
        assertThat(environment.integer(PORT, 8080, 0, 65_535)).isEqualTo(8080);
    }

    @Test
    void aSetVariableWinsOverItsDefault() {
        Environment environment = new Environment(Map.of(PORT, " 9090 ", "NAME", " a "));

        assertThat(environment.integer(PORT, 8080, 0, 65_535)).isEqualTo(9090);
        assertThat(environment.text("NAME", "b")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "eighty", "80.5", "99999999999"})
    void aBadNumberIsRefusedWithItsNameAndWhatWouldDo(String value) {
        Environment environment = new Environment(Map.of(PORT, value));

        assertThatThrownBy(() -> environment.integer(PORT, 8080, 0, 65_535))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "LABELWORTH_HTTP_PORT must be a whole number from 0 to 65535, not "
                                + value);
    }

    @Test
    void aPathBecomesAbsoluteAndNormal() {
        Environment environment = new Environment(Map.of("ROOT", "a/../b"));

        Path path = environment.path("ROOT", Path.of("unused"));

        assertThat(path).isEqualTo(Path.of("b").toAbsolutePath());
    }

    @Test
    void whatCannotBeAPathIsRefusedWithItsName() {
        Environment environment = new Environment(Map.of("ROOT", "a\0b"));

        assertThatThrownBy(() -> environment.path("ROOT", Path.of("unused")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("ROOT must be a path");
    }
}
