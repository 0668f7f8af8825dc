package io.labelworth.analytics;

import io.javalin.config.JavalinConfig;
import io.labelworth.analytics.http.DashboardServer;
import io.labelworth.analytics.http.Endpoints;
import io.labelworth.analytics.labels.LabelViewer;
import io.labelworth.analytics.topology.AnalyticsTopology;
import io.labelworth.analytics.topology.StreamsMetrics;
import io.labelworth.analytics.topology.StreamsRunner;
import io.labelworth.analytics.view.EventReader;
import io.labelworth.analytics.view.PageFeed;
import io.labelworth.analytics.view.Views;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The analytics: the topology that keeps the answers, the view that follows them, and the server
 * that shows them. Topics and schemas must be there before it starts.
 */
public final class AnalyticsService implements Service {

    private static final String NAME = "labelworth-analytics";

    /** Recomputing a changed family this often keeps a page live and an experiment cheap. */
    private static final Duration FAMILY_INTERVAL = Duration.ofMillis(250);

    private final StreamsRunner streams;
    private final ServiceLoop feed;
    private final LabelViewer labels;
    private final EventReader reader;
    private final DashboardServer server;

    /** A service that shows the labels of the datasets that Labelworth comes with. */
    public AnalyticsService(
            KafkaSettings kafka,
            SchemaRegistry registry,
            AnalyticsSettings settings,
            Metrics metrics,
            Consumer<JavalinConfig> beside) {
        this(kafka, registry, settings, new Datasets(), metrics, beside);
    }

    /**
     * A service that is not yet started.
     *
     * @param datasets the datasets whose images and labels it can show
     * @param metrics what {@code /metrics} tells
     * @param beside adds routes of services in the same process, which share the port
     */
    public AnalyticsService(
            KafkaSettings kafka,
            SchemaRegistry registry,
            AnalyticsSettings settings,
            Datasets datasets,
            Metrics metrics,
            Consumer<JavalinConfig> beside) {
        EventConsumers consumers = new EventConsumers(kafka, registry);
        AnalyticsTopology topology =
                new AnalyticsTopology(
                        registry,
                        consumers.decoder(Topics.ACCURACY),
                        new DeadLetters(Clock.systemUTC(), NAME),
                        FAMILY_INTERVAL);
        Views views = Views.empty();
        PageFeed pages = new PageFeed(consumers, views, metrics.registry());
        streams =
                new StreamsRunner(
                        kafka,
                        topology,
                        settings.stateDir(),
                        () -> hostInfo(settings.reachedAt(port())));
        StreamsMetrics.bind(streams, metrics.registry());
        feed = new ServiceLoop("labelworth-analytics-view", pages);
        reader = new EventReader(consumers);
        labels = new LabelViewer(consumers, datasets, settings.dataRoot());
        server =
                new DashboardServer(
                        settings.http(),
                        metrics,
                        Stream.concat(
                                        Endpoints.of(views, reader, streams).stream(),
                                        labels.endpoints().stream())
                                .toList(),
                        views,
                        pages::caughtUp,
                        this::parts,
                        beside);
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Starts all parts; the port first, since a taken one is the likeliest mistake.
     *
     * @throws io.labelworth.kafka.ConfigurationException when the port cannot be bound
     */
    @Override
    public void start() {
        server.start();
        feed.start();
        labels.start();
        streams.start();
    }

    /** Port the dashboard is served on. */
    public int port() {
        return server.port();
    }

    /** The worst of the parts. */
    @Override
    public Health health() {
        return parts().stream()
                .filter(part -> !part.up())
                .findFirst()
                .orElseGet(() -> streams.health());
    }

    @Override
    public void close() {
        server.close();
        feed.close();
        labels.close();
        reader.close();
        streams.close();
    }

    private static HostInfo hostInfo(HttpAddress address) {
        return new HostInfo(address.host(), address.port());
    }

    @Override
    public List<Health> parts() {
        return List.of(streams.health(), feed.health(), labels.health(), server.health());
    }
}
