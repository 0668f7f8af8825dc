package io.labelworth.analytics.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.analytics.view.Activity;
import io.labelworth.analytics.view.Results;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page at {@code /}, JSON under {@code /api}, live events at {@code /api/events}, and {@code
 * /health}.
 */
public final class DashboardServer implements Service {

    private static final Logger log = LoggerFactory.getLogger(DashboardServer.class);

    /** Everything the page needs is served here; Plotly sets styles on elements. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:";

    private final AnalyticsSettings settings;
    private final Results results;
    private final Activity activity;
    private final Supplier<List<Health>> parts;
    private final EventSessions sessions;
    private final ServiceLoop beat;
    private final Javalin javalin;

    /**
     * A server that is not yet bound.
     *
     * @param parts health of what the service consists of
     */
    public DashboardServer(
            AnalyticsSettings settings,
            Results results,
            Activity activity,
            Supplier<List<Health>> parts) {
        this.settings = settings;
        this.results = results;
        this.activity = activity;
        this.parts = parts;
        this.sessions = new EventSessions(results, activity);
        this.beat = new ServiceLoop("labelworth-analytics-beat", sessions);
        this.javalin = Javalin.create(this::configure);
    }

    @Override
    public String name() {
        return "labelworth-analytics-http";
    }

    /**
     * Binds and serves.
     *
     * @throws ConfigurationException when the address cannot be bound
     */
    @Override
    public void start() {
        try {
            javalin.start(settings.httpHost(), settings.httpPort());
        } catch (JavalinBindException e) {
            throw new ConfigurationException(
                    "cannot serve the dashboard on "
                            + settings.httpHost()
                            + ":"
                            + settings.httpPort()
                            + ": the port is taken or the address is not this machine's; set "
                            + AnalyticsSettings.HTTP_PORT
                            + " or --port to a free port",
                    e);
        }
        beat.start();
    }

    /** Port bound; after {@link #start}. */
    public int port() {
        return javalin.port();
    }

    @Override
    public Health health() {
        return beat.health();
    }

    @Override
    public void close() {
        beat.close();
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
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
        routes.get("/health", this::health);
        routes.exception(
                HttpResponseException.class,
                (e, context) -> problem(context, e.getStatus(), e.getMessage()));
        routes.exception(Exception.class, this::failed);
        routes.error(
                HttpStatus.NOT_FOUND,
                context ->
                        problem(
                                context,
                                HttpStatus.NOT_FOUND.getCode(),
                                "nothing at " + context.path() + "; the page is at /"));
    }

    private void latest(Context context, Topic<?> topic) {
        context.json(Map.of("items", results.latest(topic)));
    }

    private void health(Context context) {
        List<Health> health = parts.get();
        boolean up = health.stream().allMatch(Health::up);
        context.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(
                        health.stream()
                                .map(part -> part.state() + " " + part.detail() + "\n")
                                .collect(Collectors.joining()));
    }

    private void failed(Exception e, Context context) {
        log.error("{} {} failed", context.method(), context.path(), e);
        problem(
                context,
                HttpStatus.INTERNAL_SERVER_ERROR.getCode(),
                "the service failed to answer; its log says why");
    }

    private static void problem(Context context, int status, String detail) {
        HttpStatus known = HttpStatus.forStatus(status);
        context.status(status)
                .json(new Problem(known.getMessage(), status, detail))
                .contentType(Problem.CONTENT_TYPE);
    }
}
