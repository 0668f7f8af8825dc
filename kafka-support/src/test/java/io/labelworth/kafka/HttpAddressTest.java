package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpAddressTest {

    @Test
    void onlyThisMachineIsAnsweredUnlessToldOtherwise() {
        assertThat(HttpAddress.from(new Environment(Map.of()), 8080))
                .isEqualTo(HttpAddress.loopback(8080))
                .hasToString("127.0.0.1:8080");
        assertThat(
                        HttpAddress.from(
                                new Environment(
                                        Map.of(
                                                "LABELWORTH_HTTP_HOST", "0.0.0.0",
                                                "LABELWORTH_HTTP_PORT", "9000")),
                                8080))
                .isEqualTo(new HttpAddress("0.0.0.0", 9000));
    }

    @Test
    void aBadPortIsRefusedByName() {
        Environment bad = new Environment(Map.of("LABELWORTH_HTTP_PORT", "70000"));

        assertThatThrownBy(() -> HttpAddress.from(bad, 8080))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LABELWORTH_HTTP_PORT");
    }
}
