package io.labelworth.analytics;

import io.labelworth.kafka.Environment;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of the analytics service.
 *
 * @param stateDir {@value #STATE_DIR}: folder of the Streams state, this instance's own; rebuilt
 *     from the cluster when it is lost. Default: {@code state}
 * @param httpHost {@value #HTTP_HOST}: address to serve on. Default: all
 * @param httpPort {@value #HTTP_PORT}: port to serve on, 0 to 65535; 0 takes a free one. Default:
 *     {@value #DEFAULT_HTTP_PORT}
 */
public record AnalyticsSettings(Path stateDir, String httpHost, int httpPort) {

    /** Variable with the folder of the Streams state. */
    public static final String STATE_DIR = "LABELWORTH_STATE_DIR";

    /** Variable with the address to serve on. */
    public static final String HTTP_HOST = "LABELWORTH_HTTP_HOST";

    /** Variable with the port to serve on. */
    public static final String HTTP_PORT = "LABELWORTH_HTTP_PORT";

    /** Port of the dashboard unless set. */
    public static final int DEFAULT_HTTP_PORT = 8088;

    private static final int LAST_PORT = 65_535;
    private static final Path DEFAULT_STATE_DIR = Path.of("state");

    /**
     * Settings from environment variables; all have defaults.
     *
     * @throws io.labelworth.kafka.ConfigurationException when one is not what it must be
     */
    public static AnalyticsSettings fromEnvironment(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return new AnalyticsSettings(
                environment.path(STATE_DIR, DEFAULT_STATE_DIR),
                environment.text(HTTP_HOST, "0.0.0.0"),
                environment.integer(HTTP_PORT, DEFAULT_HTTP_PORT, 0, LAST_PORT));
    }
}
