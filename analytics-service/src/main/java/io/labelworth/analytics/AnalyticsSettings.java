package io.labelworth.analytics;

import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of the analytics service.
 *
 * @param stateDir {@value #STATE_DIR}: folder of the Streams state, this instance's own; rebuilt
 *     from the cluster when it is lost. Default: {@code state}
 * @param dataRoot {@value #DATA_ROOT}: folder that image URIs are relative to, as labelers and
 *     trainers have it; the label viewer does without pictures where they are not in it. Default:
 *     {@code data/images}
 * @param http where to serve. Default: port {@value #DEFAULT_HTTP_PORT}
 * @param advertised {@value #ADVERTISED}: where other instances reach this one, {@code host:port}.
 *     Null, the default: where it serves, by the machine's name when it listens everywhere
 */
public record AnalyticsSettings(
        Path stateDir, Path dataRoot, HttpAddress http, HttpAddress advertised) {

    /** Variable with the folder of the Streams state. */
    public static final String STATE_DIR = "LABELWORTH_STATE_DIR";

    /** Variable with the data root. */
    public static final String DATA_ROOT = "LABELWORTH_DATA_ROOT";

    /** Variable with the address that other instances reach. */
    public static final String ADVERTISED = "LABELWORTH_HTTP_ADVERTISED";

    /** Port of the dashboard unless set. */
    public static final int DEFAULT_HTTP_PORT = 8088;

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
                environment.path(DATA_ROOT, Path.of("data", "images")),
                HttpAddress.from(environment, DEFAULT_HTTP_PORT),
                HttpAddress.advertised(environment, ADVERTISED));
    }

    /**
     * Where other instances reach this one.
     *
     * @param port port that it serves on, which is only known then when a free one was asked for
     */
    HttpAddress reachedAt(int port) {
        return advertised == null ? http.reachedAt(port) : advertised;
    }
}
