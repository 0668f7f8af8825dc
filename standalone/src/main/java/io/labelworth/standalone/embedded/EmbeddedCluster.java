package io.labelworth.standalone.embedded;

import io.labelworth.kafka.Health;
import io.labelworth.kafka.ServiceState;
import io.labelworth.standalone.embedded.process.ChildException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A Kafka broker and a schema registry on a data directory, on loopback, for one machine.
 *
 * <p>Both are child JVMs: a full disk or a fatal fault halts a broker's JVM, and must not take the
 * services along. A child that dies is started again on its port and its data; when that is no use,
 * {@link #termination} says why. Records acknowledged with {@code acks=all} and registered schemas
 * survive a kill of any of the processes. When this process dies the children follow within 10 s.
 */
public final class EmbeddedCluster implements AutoCloseable {

    /** A killed parent's children need up to 7 s, see ParentWatch. */
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(12);

    private static final int PORT_TRIES = 3;

    private final DataDirectory data;
    private final DataLock lock;
    private final Clock clock;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();

    private ClusterPorts ports;
    private ClusterMembers members;
    private RuntimeInfo runtime;
    private boolean closed;

    private EmbeddedCluster(DataDirectory data, DataLock lock, Clock clock) {
        this.data = data;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Starts broker and registry and returns when both answer; on a new directory it formats first.
     *
     * @param dataDir directory of everything that is kept; created when missing
     * @param progress told one line per step
     * @throws EmbeddedClusterException when the directory is in use, full, damaged or not writable,
     *     or a child does not come up; nothing is left running then
     */
    public static EmbeddedCluster start(Path dataDir, Consumer<String> progress) {
        DataDirectory data = new DataDirectory(dataDir);
        data.prepare();
        DataLock lock = DataLock.acquire(data);
        EmbeddedCluster cluster = new EmbeddedCluster(data, lock, Clock.systemUTC());
        try {
            cluster.startMembers(progress);
            return cluster;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cluster.close();
            throw new EmbeddedClusterException("interrupted while the broker started", e);
        } catch (ChildException e) {
            cluster.close();
            throw new EmbeddedClusterException(e.getMessage(), e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startMembers(Consumer<String> progress) throws InterruptedException {
        DataLock.awaitReleased(data.brokerLock(), ORPHAN_LIMIT);
        DataLock.awaitReleased(data.registryLock(), ORPHAN_LIMIT);
        RuntimeFile.of(data).delete();
        JsonFile<ClusterPorts> portsFile = new JsonFile<>(data.ports(), ClusterPorts.class);
        RandomGenerator random = RandomGenerator.getDefault();
        ports =
                portsFile
                        .read()
                        .map(last -> last.keptWhereFree(random, ClusterPorts::isFree))
                        .orElseGet(() -> ClusterPorts.pick(random, ClusterPorts::isFree));
        startOnFreePorts(progress, random);
        portsFile.write(ports);
        runtime =
                new RuntimeInfo(
                        ProcessHandle.current().pid(),
                        bootstrapServers(),
                        schemaRegistryUrl(),
                        null,
                        clock.instant().toString());
        RuntimeFile.of(data).write(runtime);
    }

    /** A port that was free a moment ago may be taken by the time a child binds it. */
    private void startOnFreePorts(Consumer<String> progress, RandomGenerator random)
            throws InterruptedException {
        for (int tries = 1; ; tries++) {
            members = new ClusterMembers(data, ports, clock, this::giveUp);
            try {
                members.start(progress);
                return;
            } catch (ChildException e) {
                if (e.reason() != ChildException.Reason.PORT_TAKEN || tries == PORT_TRIES) {
                    throw e;
                }
                progress.accept("a port was taken meanwhile; trying others");
                ports = ClusterPorts.pick(random, ClusterPorts::isFree);
            }
        }
    }

    /** host:port of the broker, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return ClusterMembers.bootstrapServers(ports);
    }

    /** Base URL of the registry's Confluent API, for {@code schema.registry.url}. */
    public String schemaRegistryUrl() {
        return ClusterMembers.registryUrl(ports);
    }

    /** The data directory, absolute. */
    public Path dataDir() {
        return data.root();
    }

    /** Asks both, as a client would; takes up to a few seconds when one does not answer. */
    public Health check() {
        if (isClosed()) {
            return new Health(ServiceState.STOPPED, "stopped");
        }
        if (!members.brokerIsReady()) {
            return new Health(
                    ServiceState.FAILED, "the broker at " + bootstrapServers() + " is down");
        }
        if (!members.registryIsReady()) {
            return new Health(
                    ServiceState.FAILED,
                    "the schema registry at " + schemaRegistryUrl() + " is down");
        }
        return new Health(ServiceState.RUNNING, "broker and schema registry answer");
    }

    /**
     * Tells other processes, through the runtime file, where the dashboard is; nothing after close.
     */
    public synchronized void publishDashboard(String url) {
        if (closed) {
            return;
        }
        runtime = runtime.withDashboard(url);
        RuntimeFile.of(data).write(runtime);
    }

    /**
     * Completes when the cluster has ended: normally after {@link #close}, with an {@link
     * EmbeddedClusterException} when a child died and starting it again was no use. The cluster has
     * still to be closed then.
     */
    public CompletableFuture<Void> termination() {
        return termination.copy();
    }

    private void giveUp(ChildException death) {
        termination.completeExceptionally(new EmbeddedClusterException(death.getMessage(), death));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Stops the registry, then the broker, within 10 s, and leaves the directory to others; may be
     * called twice.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            RuntimeFile.of(data).delete();
        } finally {
            if (members != null) {
                members.stop();
            }
            lock.close();
            termination.complete(null);
        }
    }
}
