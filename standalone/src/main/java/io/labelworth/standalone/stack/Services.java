package io.labelworth.standalone.stack;

import io.labelworth.analytics.AnalyticsService;
import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.learning.data.Datasets;
import io.labelworth.trainer.TrainerService;
import io.labelworth.trainer.TrainerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One labeler, one trainer and one analytics service in this JVM, on any cluster: the same classes
 * and settings as when each is a process of its own.
 */
public final class Services implements AutoCloseable {

    /** Name of the services here: their transactional ids must be the same after a restart. */
    private static final String INSTANCE = "standalone";

    /** Broker and registry must have their share of the 10 s in which everything stops. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(6);

    private final Metrics metrics = new Metrics();
    private final List<Service> started = new ArrayList<>();
    private final String dashboardUrl;

    private Services(KafkaConnection kafka, LocalPaths paths, int port, Datasets datasets) {
        try {
            paths.create();
            LabelerService labeler = labeler(kafka, paths, metrics);
            AnalyticsService analytics = analytics(kafka, paths, port, datasets, metrics, labeler);
            start(analytics);
            dashboardUrl = "http://" + HttpAddress.LOOPBACK + ":" + analytics.port() + "/";
            start(labeler);
            start(trainer(kafka, paths, datasets, metrics));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts them.
     *
     * @param kafka stays the caller's, who closes it afterwards
     * @param port port of the dashboard on loopback; 0 takes a free one
     * @param datasets the datasets that runs may be about
     * @throws io.labelworth.kafka.ConfigurationException when the port is taken; nothing is left
     *     running then
     */
    public static Services start(
            KafkaConnection kafka, LocalPaths paths, int port, Datasets datasets) {
        return new Services(kafka, paths, port, datasets);
    }

    /** Where the dashboard is. */
    public String dashboardUrl() {
        return dashboardUrl;
    }

    /** The first service that has failed, if any. */
    public Optional<Health> failure() {
        return started.stream()
                .map(Service::health)
                .filter(health -> health.state() == ServiceState.FAILED)
                .findFirst();
    }

    private void start(Service service) {
        started.add(service);
        service.start();
    }

    private static AnalyticsService analytics(
            KafkaConnection kafka,
            LocalPaths paths,
            int port,
            Datasets datasets,
            Metrics metrics,
            Service beside) {
        return new AnalyticsService(
                kafka.settings(),
                kafka.registry(),
                new AnalyticsSettings(
                        paths.state().resolve("analytics"),
                        paths.images(),
                        HttpAddress.loopback(port),
                        null),
                datasets,
                metrics,
                beside::addRoutes);
    }

    private static LabelerService labeler(
            KafkaConnection kafka, LocalPaths paths, Metrics metrics) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put(LabelerSettings.INSTANCE, INSTANCE);
        variables.put(LabelerSettings.DATA_ROOT, paths.images().toString());
        variables.put(LabelerSettings.CHECKPOINT_ROOT, paths.checkpoints().toString());
        variables.putIfAbsent(LabelerSettings.TORCHSCRIPT_DIRS, LocalPaths.TORCHSCRIPT);
        return new LabelerService(
                LabelerSettings.from(new Environment(variables)),
                kafka,
                metrics.registry(),
                Clock.systemUTC());
    }

    private static TrainerService trainer(
            KafkaConnection kafka, LocalPaths paths, Datasets datasets, Metrics metrics) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put(TrainerSettings.INSTANCE, INSTANCE);
        variables.put(TrainerSettings.DATA_ROOT, paths.images().toString());
        variables.put(TrainerSettings.STATE_DIR, paths.state().resolve("trainer").toString());
        return new TrainerService(
                TrainerSettings.from(new Environment(variables)),
                kafka.settings(),
                datasets,
                metrics.registry(),
                Clock.systemUTC());
    }

    /** Stops them side by side, waiting a few seconds for each. May be called twice. */
    @Override
    public void close() {
        List<Thread> closing = started.stream().map(service -> daemon(service)).toList();
        closing.forEach(Thread::start);
        closing.forEach(Services::join);
        metrics.close();
    }

    private static Thread daemon(Service service) {
        Thread thread = new Thread(service::close, "close-" + service.name());
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
