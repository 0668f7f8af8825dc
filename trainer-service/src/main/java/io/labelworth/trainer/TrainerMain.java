package io.labelworth.trainer;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HealthEndpoint;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.SchemaRegistryException;
import io.labelworth.schemas.Topics;
import io.labelworth.trainer.view.ViewException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer as a process of its own, told by environment variables. */
public final class TrainerMain {

    private static final Logger log = LoggerFactory.getLogger(TrainerMain.class);
    private static final long LOOK_MILLIS = 500;
    private static final long WIND_DOWN_SECONDS = 20;

    private TrainerMain() {}

    /** Runs until told to stop; exits with 0, or with 1 after a failure. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), new Datasets()));
    }

    /**
     * Runs a trainer until the process is told to stop or the trainer fails.
     *
     * @param environment {@code LABELWORTH_*} variables; see {@link TrainerSettings} and {@link
     *     KafkaSettings}
     * @param datasets the datasets that runs may be about
     * @return exit code: 0 after it was told to stop, 1 after a failure, which is one line on
     *     standard error
     */
    public static int run(Map<String, String> environment, Datasets datasets) {
        try {
            TrainerSettings settings = TrainerSettings.from(new Environment(environment));
            KafkaSettings kafka = KafkaSettings.fromEnvironment(environment);
            SchemaRegistry registry =
                    new SchemaRegistry(kafka.schemaRegistryUrl(), kafka.registryOverrides());
            prepare(kafka, registry);
            try (TrainerService service =
                            new TrainerService(
                                    settings, kafka, registry, datasets, Clock.systemUTC());
                    HealthEndpoint health =
                            new HealthEndpoint(
                                    settings.httpPort(), () -> List.of(service.health()))) {
                service.start();
                log.info("health on port {}", health.port());
                return await(service);
            }
        } catch (ConfigurationException | SchemaRegistryException | ViewException e) {
            return failed(e.getMessage());
        }
    }

    private static void prepare(KafkaSettings kafka, SchemaRegistry registry) {
        try (Cluster cluster = Cluster.connect(kafka)) {
            registry.register(Topics.all());
            cluster.ensure(Topics.all()).forEach(log::warn);
        }
    }

    private static int await(TrainerService service) {
        CountDownLatch told = new CountDownLatch(1);
        Thread onSignal =
                new Thread(
                        () -> {
                            told.countDown();
                            service.close();
                        },
                        "trainer-shutdown");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            while (service.health().up()) {
                if (told.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    onSignal.join(TimeUnit.SECONDS.toMillis(WIND_DOWN_SECONDS));
                    return 0;
                }
            }
            Runtime.getRuntime().removeShutdownHook(onSignal);
            return failed(service.health().detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (IllegalStateException e) {
            // The signal came while the hook was being taken back.
            return 0;
        }
    }

    private static int failed(String reason) {
        System.err.println("trainer: " + reason);
        return 1;
    }
}
