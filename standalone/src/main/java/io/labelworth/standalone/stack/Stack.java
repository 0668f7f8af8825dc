package io.labelworth.standalone.stack;

import io.labelworth.kafka.Health;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.ServiceState;
import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A whole Labelworth on one machine: broker and registry as child processes, the services in this
 * JVM.
 */
public final class Stack implements AutoCloseable {

    private static final Duration WATCH = Duration.ofMillis(500);

    private final EmbeddedCluster cluster;
    private final CountDownLatch closed = new CountDownLatch(1);
    private KafkaConnection connection;
    private Services services;

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
            stack.startServices(paths, port, datasets);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startServices(LocalPaths paths, int port, Datasets datasets) {
        connection =
                KafkaConnection.open(
                        KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
        services = Services.start(connection, paths, port, datasets);
        cluster.publishDashboard(services.dashboardUrl());
    }

    /** The cluster, schemas registered and topics there. */
    public KafkaConnection connection() {
        return connection;
    }

    /** Where the dashboard is. */
    public String dashboardUrl() {
        return services.dashboardUrl();
    }

    /** What has failed, if anything: the embedded cluster or the first service. */
    public Optional<Health> failure() {
        if (cluster.termination().isCompletedExceptionally()) {
            return Optional.of(new Health(ServiceState.FAILED, clusterFailure()));
        }
        return services.failure();
    }

    /**
     * Waits until {@link #close} is called from elsewhere.
     *
     * @throws StackException as soon as something has failed
     */
    public void awaitClose() throws InterruptedException {
        while (!closed.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            throwIfFailed();
        }
    }

    /**
     * Does nothing while all is well.
     *
     * @throws StackException when something has failed
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
            cluster.termination().join();
            return "the embedded cluster has ended";
        } catch (CompletionException e) {
            return e.getCause().getMessage();
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
        if (services != null) {
            services.close();
        }
        if (connection != null) {
            connection.close();
        }
        cluster.close();
        closed.countDown();
    }
}
