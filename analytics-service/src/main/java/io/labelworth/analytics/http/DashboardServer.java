package io.labelworth.analytics.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.labelworth.analytics.view.Activity;
import io.labelworth.analytics.view.Results;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceEndpoint;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import java.util.List;
import java.util.Map;
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

    private final Results results;
    private final Activity activity;
    private final EventSessions sessions;
    private final ServiceLoop beat;
    private final ServiceEndpoint endpoint;

    /**
     * A server that is not yet bound.
     *
     * @param parts health of what the service consists of
     * @param beside adds routes of services in the same process
     */
    public DashboardServer(
            HttpAddress address,
            Metrics metrics,
            Results results,
            Activity activity,
            Supplier<List<Health>> parts,
            Consumer<JavalinConfig> beside) {
        this.results = results;
        this.activity = activity;
        this.sessions = new EventSessions(results, activity);
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
        routes(config.routes);
    }

    private void routes(RoutesConfig routes) {
        routes.before(context -> context.header("Content-Security-Policy", CONTENT_POLICY));
        routes.get("/api/summaries", context -> latest(context, Topics.ACCURACY_SUMMARY));
        routes.get("/api/frontiers", context -> latest(context, Topics.PARETO_FRONTIER));
        routes.get("/api/label-worth", context -> latest(context, Topics.LABEL_WORTH));
        routes.get("/api/status", context -> context.json(activity.snapshot()));
        routes.sse("/api/events", sessions::open);
    }

    private void latest(Context context, Topic<?> topic) {
        context.json(Map.of("items", results.latest(topic)));
    }
}
