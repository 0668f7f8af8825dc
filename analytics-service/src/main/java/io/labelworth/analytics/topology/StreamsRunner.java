package io.labelworth.analytics.topology;

import io.labelworth.kafka.Health;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceState;
import io.labelworth.schemas.event.Accuracy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology at work, exactly once (exactly_once_v2).
 *
 * <p>Failures: what the cluster or the registry may recover from replaces the thread after a pause,
 * for as long as it takes; anything else stops the service, and {@link #health} says why.
 */
public final class StreamsRunner implements Service, RunStore, StreamsUncaughtExceptionHandler {

    /**
     * Application id, hence the consumer group and the prefix of internal topics. Its number
     * changes when stores do: a new application counts all results again, which are kept for ever.
     */
    public static final String APPLICATION = "labelworth-analytics-2";

    private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofSeconds(1);

    /**
     * A result is on the page after two commits. Each takes some ten milliseconds of the thread, so
     * that fewer of them leave more for results.
     */
    private static final int COMMIT_INTERVAL_MS = 200;

    /** A commit's worth of records in few requests. */
    private static final int BATCH_BYTES = 128 << 10;

    /**
     * A dead instance is noticed after this; the default of 45 s leaves its work undone so long.
     */
    private static final int SESSION_TIMEOUT_MS = 8_000;

    private static final int HEARTBEAT_INTERVAL_MS = 2_500;

    private final KafkaSettings settings;
    private final Path stateDir;
    private final Supplier<HostInfo> address;
    private final Topology topology;
    private final LocalStores stores;

    /** Null until started: only then is it known where this instance is reached. */
    private volatile KafkaStreams streams;

    private volatile ServiceState ended;
    private volatile String trouble = "";

    /**
     * Builds the topology; nothing runs yet.
     *
     * @param stateDir folder of the local state
     * @param address where other instances reach this one over HTTP; asked when it starts
     */
    public StreamsRunner(
            KafkaSettings settings,
            AnalyticsTopology topology,
            Path stateDir,
            Supplier<HostInfo> address) {
        this.settings = settings;
        this.stateDir = stateDir;
        this.address = address;
        StreamsBuilder builder = new StreamsBuilder();
        topology.define(builder);
        this.topology = builder.build();
        this.stores = new LocalStores(this.topology.describe());
    }

    /** Kafka Streams settings: preferences first, then the user's, then what exactness needs. */
    static Properties properties(KafkaSettings settings, Path stateDir, HostInfo address) {
        Map<String, Object> preferred =
                Map.of(
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        COMMIT_INTERVAL_MS,
                        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        1,
                        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                        SESSION_TIMEOUT_MS,
                        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                        HEARTBEAT_INTERVAL_MS,
                        // Each task has one partition: there is no other to wait for.
                        StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
                        StreamsConfig.MAX_TASK_IDLE_MS_DISABLED,
                        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
                        BATCH_BYTES,
                        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                        SmallStores.class);
        Map<String, Object> required =
                Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        APPLICATION,
                        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                        StreamsConfig.EXACTLY_ONCE_V2,
                        // The streams protocol answered no query for 42 s after kill -9 (KAFKA.md).
                        StreamsConfig.GROUP_PROTOCOL_CONFIG,
                        "classic",
                        StreamsConfig.STATE_DIR_CONFIG,
                        stateDir.toString(),
                        StreamsConfig.APPLICATION_SERVER_CONFIG,
                        address.host() + ":" + address.port(),
                        StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                        true,
                        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                        "earliest");
        return settings.client(APPLICATION, preferred, required);
    }

    @Override
    public String name() {
        return APPLICATION;
    }

    @Override
    public void start() {
        streams = new KafkaStreams(topology, properties(settings, stateDir, address.get()));
        streams.setUncaughtExceptionHandler(this);
        streams.start();
    }

    @Override
    public Optional<HostInfo> owner(String configurationId) {
        KafkaStreams running = streams;
        if (running == null) {
            return Optional.empty();
        }
        try {
            KeyQueryMetadata metadata =
                    running.queryMetadataForKey(
                            AnalyticsTopology.RESULTS, configurationId, new StringSerializer());
            return metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                    ? Optional.empty()
                    : Optional.of(metadata.activeHost());
        } catch (IllegalStateException | StreamsException e) {
            // Not running, or between two assignments.
            return Optional.empty();
        }
    }

    @Override
    public boolean isHere(HostInfo owner) {
        return owner.equals(address.get());
    }

    @Override
    public Optional<List<Accuracy>> runs(String configurationId) {
        KafkaStreams running = streams;
        if (running == null) {
            throw new InvalidStateStoreException("not started");
        }
        List<Accuracy> runs =
                RunsOfConfiguration.of(
                        running.store(
                                StoreQueryParameters.fromNameAndType(
                                        AnalyticsTopology.RESULTS,
                                        QueryableStoreTypes.<String, Accuracy>keyValueStore())),
                        configurationId);
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs);
    }

    /** What Kafka Streams measures about itself; empty until started. */
    public Map<MetricName, ? extends Metric> metrics() {
        KafkaStreams running = streams;
        return running == null ? Map.of() : running.metrics();
    }

    /**
     * Asks the stores, since a state of RUNNING does not mean that it answers. An instance that has
     * no partition of it (there are more instances than partitions) stands by and is well.
     */
    @Override
    public Health health() {
        if (ended != null) {
            return new Health(ended, APPLICATION + " stopped" + trouble);
        }
        KafkaStreams running = streams;
        if (running == null) {
            return new Health(ServiceState.NEW, APPLICATION + " is not started");
        }
        KafkaStreams.State state = running.state();
        if (state != KafkaStreams.State.RUNNING) {
            return new Health(ServiceState.NEW, APPLICATION + " is " + state + trouble);
        }
        try {
            int asked = stores.ask(running);
            return new Health(
                    ServiceState.RUNNING,
                    APPLICATION + (asked == 0 ? " stands by" : ": " + asked + " stores answer"));
        } catch (InvalidStateStoreException e) {
            return new Health(
                    ServiceState.NEW, APPLICATION + " does not answer yet: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (ended != ServiceState.FAILED) {
            ended = ServiceState.STOPPED;
        }
        if (streams != null && !streams.close(CLOSE_PATIENCE)) {
            log.warn("{} did not stop within {} s", APPLICATION, CLOSE_PATIENCE.toSeconds());
        }
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable cause = rootCause(failure);
        trouble = ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (causes(failure).anyMatch(RetriableException.class::isInstance)) {
            log.warn("{} retries with a new thread{}", APPLICATION, trouble);
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        ended = ServiceState.FAILED;
        log.error("{} stopped{}", APPLICATION, trouble, failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_BEFORE_RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Throwable rootCause(Throwable failure) {
        return causes(failure).reduce((first, second) -> second).orElse(failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause);
    }
}
