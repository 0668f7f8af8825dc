package io.labelworth.standalone.stack;

import io.labelworth.analytics.AnalyticsService;
import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import io.labelworth.trainer.TrainerService;
import io.labelworth.trainer.TrainerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A whole Labelworth on one machine. Broker and registry are child processes; the services share
 * this JVM, with the same classes and settings as when each is a process of its own.
 */
public final class Stack implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** Name of the services here: their transactional ids must be the same after a restart. */
    private static final String INSTANCE = "standalone";

    private static final int LABEL_BATCH = 256;
    private static final Duration LABEL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration WATCH = Duration.ofMillis(500);

    private final EmbeddedCluster cluster;
    private final List<Service> services = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private KafkaConnection connection;
    private String dashboardUrl;

    private Stack(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts everything and returns when it works.
     *
     * @param port port of the dashboard; 0 takes a free one
     * @param datasets the datasets that labels and runs may be about
     * @param progress told one line per step
     * @throws io.labelworth.standalone.embedded.EmbeddedClusterException when the directory is in
     *     use or damaged
     * @throws io.labelworth.kafka.ConfigurationException when the port is taken; nothing is left
     *     running then
     */
    public static Stack start(
            LocalPaths paths, int port, Datasets datasets, Consumer<String> progress) {
        Stack stack = new Stack(EmbeddedCluster.start(paths.root(), progress));
        try {
            paths.create();
            stack.startServices(paths, port, datasets);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startServices(LocalPaths paths, int port, Datasets datasets) {
        KafkaSettings kafka =
                KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl());
        connection = KafkaConnection.open(kafka);
        Clock clock = Clock.systemUTC();
        AnalyticsService analytics =
                new AnalyticsService(
                        kafka,
                        connection.registry(),
                        new AnalyticsSettings(paths.state().resolve("analytics"), LOOPBACK, port));
        start(analytics);
        dashboardUrl = "http://" + LOOPBACK + ":" + analytics.port() + "/";
        cluster.publishDashboard(dashboardUrl);
        start(
                new LabelerService(
                        new LabelerSettings(
                                INSTANCE,
                                1,
                                LABEL_BATCH,
                                LABEL_PATIENCE,
                                paths.images(),
                                paths.checkpoints(),
                                0),
                        connection,
                        clock));
        start(
                new TrainerService(
                        new TrainerSettings(
                                INSTANCE,
                                Runtime.getRuntime().availableProcessors(),
                                paths.images(),
                                paths.state().resolve("trainer"),
                                0),
                        kafka,
                        connection.registry(),
                        datasets,
                        clock));
    }

    private void start(Service service) {
        services.add(service);
        service.start();
    }

    /** The cluster, schemas registered and topics there. */
    public KafkaConnection connection() {
        return connection;
    }

    /** Where the dashboard is. */
    public String dashboardUrl() {
        return dashboardUrl;
    }

    /**
     * The first service that has failed, if any; also says so when the embedded cluster has ended.
     */
    public Optional<Health> failure() {
        if (cluster.termination().isCompletedExceptionally()) {
            return Optional.of(new Health(ServiceState.FAILED, clusterFailure()));
        }
        return services.stream()
                .map(Service::health)
                .filter(health -> health.state() == ServiceState.FAILED)
                .findFirst();
    }

    /**
     * Waits until {@link #close} is called from elsewhere.
     *
     * @throws StackException as soon as a service has failed
     */
    public void awaitClose() throws InterruptedException {
        while (!closed.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            throwIfFailed();
        }
    }

    /**
     * Does nothing while all is well.
     *
     * @throws StackException when a service has failed
     */
    public void throwIfFailed() {
        failure()
                .ifPresent(
                        health -> {
                            throw new StackException(health.detail());
                        });
    }

    private String clusterFailure() {
        try {
            cluster.termination().get(0, TimeUnit.SECONDS);
            return "the embedded cluster has ended";
        } catch (ExecutionException e) {
            return e.getCause().getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (TimeoutException e) {
            return "the embedded cluster is ending";
        }
    }

    /**
     * Stops the services side by side, then registry and broker; within 10 s. May be called twice.
     */
    @Override
    public synchronized void close() {
        if (closed.getCount() == 0) {
            return;
        }
        List<Thread> closing =
                services.stream()
                        .map(service -> new Thread(service::close, "close-" + service.name()))
                        .toList();
        closing.forEach(Thread::start);
        closing.forEach(Stack::join);
        if (connection != null) {
            connection.close();
        }
        cluster.close();
        closed.countDown();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
