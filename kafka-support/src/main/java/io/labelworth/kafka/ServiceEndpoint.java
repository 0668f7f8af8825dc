package io.labelworth.kafka;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service answers over HTTP: {@code GET /health}, which a container platform's probes ask
 * (200 while all parts work, 503 as soon as one does not, with a line for each), {@code GET
 * /metrics} in Prometheus's text format, and what the service itself adds.
 *
 * <p>Errors are {@link HttpProblem}s: a handler throws Javalin's {@code BadRequestResponse} or
 * another {@link HttpResponseException} to answer with one. A request's body is JSON of at most
 * {@value #LARGEST_BODY} bytes.
 */
public final class ServiceEndpoint implements AutoCloseable {

    /** Most bytes of a request's body; a larger one is answered with 413. */
    public static final int LARGEST_BODY = 65_536;

    private static final Logger log = LoggerFactory.getLogger(ServiceEndpoint.class);
    private static final Set<HandlerType> WRITING =
            Set.of(HandlerType.POST, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE);

    private final HttpAddress address;
    private final Metrics metrics;
    private final Supplier<List<Health>> parts;
    private final Javalin javalin;

    /**
     * An endpoint that is not yet bound.
     *
     * @param parts health of what the service consists of
     * @param more adds the service's own routes
     */
    public ServiceEndpoint(
            HttpAddress address,
            Metrics metrics,
            Supplier<List<Health>> parts,
            Consumer<JavalinConfig> more) {
        this.address = address;
        this.metrics = metrics;
        this.parts = parts;
        this.javalin =
                Javalin.create(
                        config -> {
                            configure(config);
                            more.accept(config);
                        });
    }

    /**
     * Binds and serves.
     *
     * @throws ConfigurationException when the address cannot be bound
     */
    public void start() {
        try {
            javalin.start(address.host(), address.port());
        } catch (JavalinBindException e) {
            throw new ConfigurationException(
                    "cannot serve HTTP on "
                            + address
                            + ": the port is taken or the address is not this machine's; set "
                            + HttpAddress.PORT
                            + " (up and quickstart: --port) to a free port",
                    e);
        }
    }

    /** Port bound; after {@link #start}. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_BODY;
        routes(config.routes);
    }

    private void routes(RoutesConfig routes) {
        routes.before(ServiceEndpoint::requireJson);
        routes.get("/health", this::health);
        routes.get(
                "/metrics",
                context -> context.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> {
                    if (e instanceof MethodNotAllowedResponse) {
                        context.header("Allow", allowed(e));
                    }
                    problem(context, e.getStatus(), e.getMessage());
                });
        routes.exception(Exception.class, ServiceEndpoint::failed);
        routes.error(
                HttpStatus.NOT_FOUND,
                context -> {
                    // A handler that found nothing has said what; nobody has when there is none.
                    String type = context.res().getContentType();
                    if (type == null || !type.startsWith(HttpProblem.CONTENT_TYPE)) {
                        problem(
                                context,
                                HttpStatus.NOT_FOUND.getCode(),
                                "nothing at " + context.path());
                    }
                });
    }

    /** Also keeps pages of other sites from writing: a browser asks before it sends them JSON. */
    private static void requireJson(Context context) {
        String type = context.contentType();
        if (WRITING.contains(context.method())
                && (type == null || !type.startsWith("application/json"))) {
            throw new UnsupportedMediaTypeResponse(
                    "send the body as Content-Type application/json");
        }
    }

    private static String allowed(HttpResponseException e) {
        return e.getDetails().values().stream().collect(Collectors.joining(", "));
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

    private static void failed(Exception e, Context context) {
        log.error("{} {} failed", context.method(), context.path(), e);
        problem(
                context,
                HttpStatus.INTERNAL_SERVER_ERROR.getCode(),
                "the service failed to answer; its log says why");
    }

    private static void problem(Context context, int status, String detail) {
        context.status(status)
                .json(new HttpProblem(HttpStatus.forStatus(status).getMessage(), status, detail))
                .contentType(HttpProblem.CONTENT_TYPE);
    }
}
