package io.labelworth.analytics;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.ServiceHost;
import io.labelworth.schemas.SchemaRegistryException;
import java.util.Map;

/** The analytics as a process of its own, against any cluster. */
public final class AnalyticsMain {

    private AnalyticsMain() {}

    /** Runs the analytics that the environment describes; see {@link AnalyticsSettings}. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv()));
    }

    /**
     * Runs until failure or SIGTERM.
     *
     * @param environment variables as in {@link AnalyticsSettings} and {@link KafkaSettings}
     * @return exit code: 0 when stopped as asked, 1 otherwise, said why in one line on stderr
     */
    public static int run(Map<String, String> environment) {
        try {
            AnalyticsSettings settings = AnalyticsSettings.fromEnvironment(environment);
            KafkaSettings kafkaSettings = KafkaSettings.fromEnvironment(environment);
            try (KafkaConnection kafka = KafkaConnection.open(kafkaSettings)) {
                return new ServiceHost(System.out, System.err)
                        .run(
                                "analytics",
                                metrics ->
                                        new AnalyticsService(
                                                kafkaSettings,
                                                kafka.registry(),
                                                settings,
                                                metrics,
                                                config -> {}));
            }
        } catch (ConfigurationException | SchemaRegistryException e) {
            System.err.println("analytics: " + e.getMessage());
            return ServiceHost.FAILED;
        }
    }
}
