package io.labelworth.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.HttpAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyticsSettingsTest {

    @Test
    void everythingHasADefault() {
        AnalyticsSettings settings = AnalyticsSettings.fromEnvironment(Map.of());

        assertThat(settings.http()).isEqualTo(HttpAddress.loopback(8088));
        assertThat(settings.stateDir()).isAbsolute().endsWithRaw(Path.of("state"));
    }

    @Test
    void variablesWin() {
        AnalyticsSettings settings =
                AnalyticsSettings.fromEnvironment(
                        Map.of(
                                "LABELWORTH_HTTP_PORT",
                                "9000",
                                "LABELWORTH_HTTP_HOST",
                                "0.0.0.0",
                                "LABELWORTH_STATE_DIR",
                                "/state",
                                "LABELWORTH_DATA_ROOT",
                                "/images",
                                "LABELWORTH_HTTP_ADVERTISED",
                                "pod-0.analytics:8088"));

        assertThat(settings)
                .isEqualTo(
                        new AnalyticsSettings(
                                Path.of("/state"),
                                Path.of("/images"),
                                new HttpAddress("0.0.0.0", 9000),
                                new HttpAddress("pod-0.analytics", 8088)));
    }

    @Test
    void othersReachItWhereItListensUnlessToldOtherwise() {
        assertThat(AnalyticsSettings.fromEnvironment(Map.of()).reachedAt(4711))
                .isEqualTo(HttpAddress.loopback(4711));
        assertThat(
                        AnalyticsSettings.fromEnvironment(Map.of("LABELWORTH_HTTP_HOST", "0.0.0.0"))
                                .reachedAt(4711)
                                .host())
                .isNotBlank()
                .isNotEqualTo("0.0.0.0");
        assertThat(
                        AnalyticsSettings.fromEnvironment(
                                        Map.of("LABELWORTH_HTTP_ADVERTISED", "[::1]:80"))
                                .reachedAt(4711))
                .isEqualTo(new HttpAddress("[::1]", 80));
    }

    @Test
    void advertisedAddressThatNobodyCanReachIsRefused() {
        for (String text : new String[] {"host", "host:0", "host:70000", "http://host:80", ":80"}) {
            assertThatThrownBy(
                            () ->
                                    AnalyticsSettings.fromEnvironment(
                                            Map.of("LABELWORTH_HTTP_ADVERTISED", text)))
                    .as(text)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("LABELWORTH_HTTP_ADVERTISED");
        }
    }

    @Test
    void badPortIsRefusedByName() {
        assertThatThrownBy(
                        () ->
                                AnalyticsSettings.fromEnvironment(
                                        Map.of("LABELWORTH_HTTP_PORT", "70000")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LABELWORTH_HTTP_PORT");
    }
}
