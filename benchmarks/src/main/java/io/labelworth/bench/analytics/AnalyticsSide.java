package io.labelworth.bench.analytics;

import io.labelworth.analytics.AnalyticsMain;
import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Jvm;
import io.labelworth.bench.process.Workspace;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.standalone.cli.UserException;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import io.labelworth.standalone.embedded.process.ChildMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The analytics as a process of its own on a broker of its own, with streams of results on the
 * topic before it starts, and a read_committed reader of its summaries.
 */
final class AnalyticsSide implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Workspace workspace;
    private final Path directory;
    private final EmbeddedCluster cluster;
    private final KafkaConnection kafka;
    private final TopicReader<AccuracySummary> summaries;
    private final Map<String, Integer> runs = new HashMap<>();
    private long counted;
    private final int port = freePort();
    private Child analytics;

    private AnalyticsSide(Workspace workspace, Path directory) {
        this.workspace = workspace;
        this.directory = directory;
        this.cluster =
                workspace.start(
                        () -> EmbeddedCluster.start(directory.resolve("cluster"), line -> {}));
        this.kafka =
                KafkaConnection.open(
                        KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
        this.summaries =
                new TopicReader<>(kafka.consumers(), Topics.ACCURACY_SUMMARY, "bench-summaries");
    }

    /** A broker whose accuracy topic holds some streams, one after another. */
    static AnalyticsSide holding(Workspace workspace, String name, ResultStream... streams) {
        AnalyticsSide side = new AnalyticsSide(workspace, workspace.directory().resolve(name));
        try (EventProducer producer =
                EventProducer.idempotent(side.kafka.settings(), side.kafka.registry(), "bench")) {
            for (ResultStream stream : streams) {
                stream.forEach(result -> producer.send(Topics.ACCURACY, result.getRunId(), result));
                producer.flush();
            }
        }
        return side;
    }

    /** Starts the service that is measured. */
    void start() {
        Map<String, String> environment = new HashMap<>();
        environment.put(KafkaSettings.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        environment.put(KafkaSettings.SCHEMA_REGISTRY_URL, cluster.schemaRegistryUrl());
        environment.put(AnalyticsSettings.STATE_DIR, directory.resolve("state").toString());
        environment.put(HttpAddress.PORT, Integer.toString(port));
        String lock = directory.resolve("analytics.lock").toString();
        analytics =
                workspace.start(
                        () ->
                                Child.start(
                                        "analytics",
                                        Jvm.running(
                                                ChildMain.class,
                                                List.of(lock, AnalyticsMain.class.getName())),
                                        environment,
                                        directory.resolve("analytics.log")));
    }

    /** Where the live events are. */
    URI events() {
        return URI.create("http://" + HttpAddress.loopback(port) + "/api/events");
    }

    /** Where the overview is. */
    URI overview() {
        return URI.create("http://" + HttpAddress.loopback(port) + "/#/overview");
    }

    /** The cluster that it is on. */
    KafkaConnection kafka() {
        return kafka;
    }

    /**
     * Refuses to go on without the service.
     *
     * @throws UserException when it died
     */
    void requireAlive() {
        analytics.requireAlive();
    }

    /**
     * Waits until so many results are counted in committed summaries.
     *
     * @throws UserException when nothing comes any more, or the service died
     */
    Moment await(long results) {
        long last = System.nanoTime();
        while (counted < results) {
            long before = counted;
            summaries
                    .poll(POLL)
                    .forEach(
                            record -> {
                                int n = record.value().value().getRunIds().size();
                                Integer known = runs.put(record.key(), n);
                                counted += n - (known == null ? 0 : known);
                            });
            if (counted > before) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > PATIENCE.toNanos()) {
                throw new UserException(
                        "the analytics counted "
                                + counted
                                + " of "
                                + results
                                + " results, and no more for "
                                + PATIENCE.toSeconds()
                                + " s");
            }
            analytics.requireAlive();
        }
        return new Moment(
                System.nanoTime() / 1e9,
                counted,
                ProcessHandle.of(analytics.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(cpu -> cpu.toMillis() / 1e3)
                        .orElse(Double.NaN));
    }

    /**
     * How far the analytics was, and when.
     *
     * @param seconds of the clock
     * @param counted results counted
     * @param processorSeconds that the service has used
     */
    record Moment(double seconds, long counted, double processorSeconds) {

        /** Results per second since another moment. */
        double rateSince(Moment other) {
            return (counted - other.counted) / (seconds - other.seconds);
        }

        /** Processor time of the service per result since another moment, in microseconds. */
        double processorMicrosSince(Moment other) {
            return 1e6 * (processorSeconds - other.processorSeconds) / (counted - other.counted);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (analytics != null) {
            workspace.end(analytics);
        }
        summaries.close();
        kafka.close();
        workspace.end(cluster);
        workspace.delete(directory);
    }
}
