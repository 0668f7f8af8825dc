package io.labelworth.trainer;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.ServiceHost;
import io.labelworth.learning.data.Datasets;
import java.time.Clock;
import java.util.Map;

/** The trainer as a process of its own, told by environment variables. */
public final class TrainerMain {

    private TrainerMain() {}

    /** Runs until told to stop; exits with 0, or with 1 after a failure. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv()));
    }

    /**
     * Runs a trainer until the process is told to stop or the trainer fails.
     *
     * @param environment {@code LABELWORTH_*} variables; see {@link TrainerSettings} and {@link
     *     KafkaSettings}
     * @return exit code: 0 after it was told to stop, 1 after a failure, which is one line on
     *     standard error
     */
    public static int run(Map<String, String> environment) {
        return run(environment, new Datasets());
    }

    /** As {@link #run(Map)}, with other datasets than Labelworth comes with. */
    public static int run(Map<String, String> environment, Datasets datasets) {
        try {
            TrainerSettings settings = TrainerSettings.from(new Environment(environment));
            KafkaSettings kafka = KafkaSettings.fromEnvironment(environment);
            return new ServiceHost(System.out, System.err)
                    .run(
                            "trainer",
                            settings.http(),
                            metrics ->
                                    new TrainerService(
                                            settings,
                                            kafka,
                                            datasets,
                                            metrics.registry(),
                                            Clock.systemUTC()));
        } catch (ConfigurationException e) {
            System.err.println("trainer: " + e.getMessage());
            return ServiceHost.FAILED;
        }
    }
}
