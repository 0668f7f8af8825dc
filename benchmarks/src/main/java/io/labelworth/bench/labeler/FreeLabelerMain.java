package io.labelworth.bench.labeler;

import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.ServiceHost;
import io.labelworth.labeler.LabelerMain;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import java.time.Clock;

/** {@link LabelerMain}, with networks that cost nothing. */
public final class FreeLabelerMain {

    private FreeLabelerMain() {}

    /** Runs the labeler that the environment describes. */
    public static void main(String[] args) {
        Environment environment = new Environment(System.getenv());
        LabelerSettings settings = LabelerSettings.from(environment);
        try (KafkaConnection kafka =
                KafkaConnection.open(KafkaSettings.fromEnvironment(System.getenv()))) {
            System.exit(
                    new ServiceHost(System.out, System.err)
                            .run(
                                    "labeler",
                                    HttpAddress.from(environment, 0),
                                    metrics ->
                                            new LabelerService(
                                                    settings,
                                                    kafka,
                                                    metrics.registry(),
                                                    new FreeExperts(),
                                                    Clock.systemUTC())));
        }
    }
}
