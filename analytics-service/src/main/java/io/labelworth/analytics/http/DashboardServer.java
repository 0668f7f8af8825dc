package io.labelworth.analytics.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.labelworth.analytics.rest.Endpoint;
import io.labelworth.analytics.view.Views;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceEndpoint;
import io.labelworth.kafka.ServiceLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The page at {@code /}, JSON under {@code /api}, live events at {@code /api/events}, and what
 * every service answers.
 */
public final class DashboardServer implements Service {

    /** Everything the page needs is served here; Plotly sets styles on elements. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:";

    private final List<Endpoint> endpoints;
    private final EventSessions sessions;
    private final BooleanSupplier caughtUp;
    private final MeterRegistry registry;
    private final ServiceLoop beat;
    private final ServiceEndpoint endpoint;

    /**
     * A server that is not yet bound.
     *
     * @param endpoints what the API answers, without the live events
     * @param views what is shown
     * @param caughtUp whether the views have all that there is; until then the API answers 503
     * @param parts health of what the service consists of
     * @param beside adds routes of services in the same process
     */
    public DashboardServer(
            HttpAddress address,
            Metrics metrics,
            List<Endpoint> endpoints,
            Views views,
            BooleanSupplier caughtUp,
            Supplier<List<Health>> parts,
            Consumer<JavalinConfig> beside) {
        this.caughtUp = caughtUp;
        this.registry = metrics.registry();
        this.sessions = new EventSessions(views, caughtUp);
        Gauge.builder("labelworth.analytics.sessions", sessions, EventSessions::size)
                .description("Browsers that follow the live events")
                .register(registry);
        this.endpoints = new ArrayList<>(endpoints);
        this.endpoints.add(LiveEvents.endpoint(sessions));
        this.endpoints.add(ApiDocument.endpoint(this.endpoints));
        this.beat = new ServiceLoop("labelworth-analytics-beat", sessions);
        this.endpoint =
                new ServiceEndpoint(
                        address,
                        metrics,
                        parts,
                        config -> {
                            configure(config);
                            beside.accept(config);
                        });
    }

    @Override
    public String name() {
        return "labelworth-analytics-http";
    }

    /**
     * Binds and serves.
     *
     * @throws io.labelworth.kafka.ConfigurationException when the address cannot be bound
     */
    @Override
    public void start() {
        endpoint.start();
        beat.start();
    }

    /** Port bound; after {@link #start}. */
    public int port() {
        return endpoint.port();
    }

    @Override
    public Health health() {
        return beat.health();
    }

    @Override
    public void close() {
        beat.close();
        endpoint.close();
    }

    private void configure(JavalinConfig config) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/";
                    files.directory = "/dashboard";
                    files.location = Location.CLASSPATH;
                    files.headers = Map.of("Cache-Control", "no-cache");
                });
        config.requestLogger.http(this::measure);
        routes(config.routes);
    }

    private void routes(RoutesConfig routes) {
        routes.before(context -> context.header("Content-Security-Policy", CONTENT_POLICY));
        routes.before("/api/*", this::refuseUntilCaughtUp);
        endpoints.forEach(endpoint -> routes.get(endpoint.path(), endpoint.handler()));
    }

    private void refuseUntilCaughtUp(Context context) {
        // A browser that is refused its events never asks again; it waits for them instead.
        if (!caughtUp.getAsBoolean() && !context.path().equals(LiveEvents.PATH)) {
            throw NotReady.because(context, "the analytics are starting: reading what there is");
        }
    }

    private void measure(Context context, float milliseconds) {
        var endpoint = context.endpoints().lastHttpEndpoint();
        Timer.builder("labelworth.analytics.requests")
                .description("Requests answered")
                .tag("path", endpoint == null ? "none" : endpoint.path)
                .tag("status", Integer.toString(context.statusCode()))
                .register(registry)
                .record((long) (1_000 * milliseconds), TimeUnit.MICROSECONDS);
    }
}
