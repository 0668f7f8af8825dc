package io.labelworth.analytics;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.ServiceState;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.SchemaRegistryException;
import io.labelworth.schemas.Topics;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The analytics as a process of its own, configured by {@code LABELWORTH_*} variables. */
public final class AnalyticsMain {

    private static final Logger log = LoggerFactory.getLogger(AnalyticsMain.class);
    private static final int FAILED = 1;
    private static final long LOOK_SECONDS = 1;

    private AnalyticsMain() {}

    /** Runs until the process is asked to end. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv()));
    }

    /**
     * Runs the service until the JVM shuts down or the service fails.
     *
     * @param environment variables
     * @return exit status: 0 stopped as asked, 1 failed, with one line on standard error
     */
    public static int run(Map<String, String> environment) {
        try {
            KafkaSettings kafka = KafkaSettings.fromEnvironment(environment);
            AnalyticsSettings settings = AnalyticsSettings.fromEnvironment(environment);
            SchemaRegistry registry =
                    new SchemaRegistry(kafka.schemaRegistryUrl(), kafka.registryOverrides());
            prepare(kafka, registry);
            return serve(new AnalyticsService(kafka, registry, settings));
        } catch (ConfigurationException | SchemaRegistryException e) {
            System.err.println("analytics: " + e.getMessage());
            return FAILED;
        }
    }

    private static void prepare(KafkaSettings kafka, SchemaRegistry registry) {
        try (Cluster cluster = Cluster.connect(kafka)) {
            cluster.ensure(Topics.all()).forEach(log::warn);
        }
        registry.register(Topics.all());
    }

    private static int serve(AnalyticsService service) {
        CountDownLatch asked = new CountDownLatch(1);
        Thread hook =
                new Thread(
                        () -> {
                            asked.countDown();
                            service.close();
                        },
                        "labelworth-analytics-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            service.start();
            System.out.println("dashboard on port " + service.port());
            return await(service, asked);
        } catch (ConfigurationException e) {
            service.close();
            throw e;
        }
    }

    private static int await(AnalyticsService service, CountDownLatch asked) {
        try {
            while (!asked.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                Health health = service.health();
                if (health.state() == ServiceState.FAILED) {
                    System.err.println("analytics: " + health.detail());
                    return FAILED;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
