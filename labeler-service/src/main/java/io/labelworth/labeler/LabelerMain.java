package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.ServiceHost;
import io.labelworth.schemas.SchemaRegistryException;
import java.time.Clock;
import java.util.Map;

/** The labeler as a process of its own, against any cluster. */
public final class LabelerMain {

    private LabelerMain() {}

    /** Runs the labeler that the environment describes; see {@link LabelerSettings}. */
    public static void main(String[] args) {
        System.exit(run(System.getenv()));
    }

    /**
     * Runs until failure or SIGTERM.
     *
     * @param environment variables as in {@link LabelerSettings} and {@link KafkaSettings}
     * @return exit code: 0 when stopped as asked, 1 otherwise, said why in one line on stderr
     */
    public static int run(Map<String, String> environment) {
        try {
            LabelerSettings settings = LabelerSettings.from(new Environment(environment));
            KafkaSettings kafkaSettings = KafkaSettings.fromEnvironment(environment);
            try (KafkaConnection kafka = KafkaConnection.open(kafkaSettings)) {
                return new ServiceHost(System.out, System.err)
                        .run(
                                "labeler",
                                HttpAddress.from(new Environment(environment), 8080),
                                metrics ->
                                        new LabelerService(
                                                settings,
                                                kafka,
                                                metrics.registry(),
                                                Clock.systemUTC()));
            }
        } catch (ConfigurationException | SchemaRegistryException e) {
            System.err.println("labeler: " + e.getMessage());
            return ServiceHost.FAILED;
        }
    }
}
