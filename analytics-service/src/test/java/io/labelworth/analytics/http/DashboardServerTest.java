package io.labelworth.analytics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.labelworth.analytics.rest.Json;
import io.labelworth.analytics.topology.RunStore;
import io.labelworth.analytics.view.Results;
import io.labelworth.analytics.view.Views;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Interval;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardServerTest {

    private static final TopicPartition SUMMARIES =
            new TopicPartition(Topics.ACCURACY_SUMMARY.name(), 0);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final Views views = Views.empty();
    private final Results results = views.results();
    private volatile ServiceState state = ServiceState.RUNNING;
    private volatile boolean caughtUp = true;
    private JavalinConfig javalin;
    private DashboardServer server;

    @BeforeEach
    void start() {
        server = server(0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void pageAndEverythingItNamesIsServedHere() throws Exception {
        for (String path :
                List.of("/", "/app.js", "/style.css", "/vendor/plotly-cartesian.min.js")) {
            HttpResponse<String> response = get(path);

            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'self'");
        }
    }

    @Test
    void restShowsTheLatestEventOfEachKey() throws Exception {
        results.apply(SUMMARIES, 0, "a", new Interval(1, 0.5, null, null));
        results.apply(SUMMARIES, 1, "a", new Interval(2, 0.6, 0.1, 0.2));

        HttpResponse<String> response = get("/api/summaries");

        assertThat(response.body())
                .isEqualTo(
                        "{\"items\":[{\"n\":2,\"mean\":0.6,\"std\":0.1,\"halfWidth95\":0.2}],\"next\":null}");
    }

    @Test
    void unknownPathIsAProblemWithoutAStackTrace() throws Exception {
        HttpResponse<String> response = get("/api/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(response.body()).contains("\"status\":404").doesNotContain("\tat ");
    }

    @Test
    void healthIsUnavailableAsSoonAsOnePartIs() throws Exception {
        state = ServiceState.FAILED;

        HttpResponse<String> response = get("/health");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("FAILED part\n");
    }

    @Test
    void metricsAreBesideThePage() throws Exception {
        assertThat(get("/metrics").body()).contains("process_uptime_seconds");
    }

    @Test
    void browserThatComesBackGetsWhatItMissedAndThenWhatComes() throws Exception {
        results.apply(SUMMARIES, 0, "seen", new Interval(1, 0.5, null, null));
        results.apply(SUMMARIES, 1, "missed", new Interval(2, 0.5, null, null));
        HttpResponse<Stream<String>> response = events("accuracy-summary-0:1");

        try (Stream<String> lines = response.body()) {
            List<String> keys =
                    lines.peek(this::sendOneMoreWhenReady)
                            .filter(line -> line.startsWith("data: {\"key\""))
                            .map(line -> line.replaceAll(".*\"key\":\"([a-z]+)\".*", "$1"))
                            .limit(2)
                            .toList();
            assertThat(keys).containsExactly("missed", "later");
        }
    }

    @Test
    void browserWaitsForWhatThereIsAndTheApiSaysThatItIsStarting() throws Exception {
        caughtUp = false;
        HttpResponse<String> early = get("/api/summaries");
        HttpResponse<Stream<String>> stream = events(null);
        results.apply(SUMMARIES, 0, "late", new Interval(1, 0.5, null, null));
        caughtUp = true;

        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(early.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        try (Stream<String> lines = stream.body()) {
            assertThat(lines.filter(line -> line.startsWith("event:")).findFirst())
                    .hasValue("event: accuracy-summary");
        }
        assertThat(get("/api/summaries").statusCode()).isEqualTo(200);
    }

    @Test
    void documentAndRoutesAreTheSameSet() throws Exception {
        Set<String> documented = new TreeSet<>();
        Json.parse(get("/openapi.json").body())
                .get("paths")
                .fieldNames()
                .forEachRemaining(documented::add);
        Set<String> served =
                javalin.unsafe.internalRouter.allHttpHandlers().stream()
                        .map(handler -> handler.endpoint)
                        .filter(endpoint -> endpoint.method == HandlerType.GET)
                        .map(endpoint -> endpoint.path)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(served);
        for (String path : documented) {
            HttpResponse<String> response = get(path.replace("{id}", "none"));
            assertThat(response.body()).as(path).doesNotContain("nothing at");
            assertThat(response.statusCode()).as(path).isIn(200, 404, 406, 503);
        }
    }

    @Test
    void everyKindOfErrorIsAProblem() throws Exception {
        Map<Integer, HttpResponse<String>> responses =
                Map.of(
                        404, get("/api/runs/none"),
                        400, get("/api/runs?state=asleep"),
                        503, get("/api/configurations/any"),
                        406, get("/api/events"),
                        405,
                                http.send(
                                        request("/api/runs")
                                                .header("Content-Type", "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString()));

        responses.forEach(
                (status, response) -> {
                    assertThat(response.statusCode()).isEqualTo(status);
                    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                            .startsWith("application/problem+json");
                    assertThat(response.body()).contains("\"detail\":", "\"status\":" + status);
                });
        assertThat(responses.get(404).body()).contains("no run none");
        assertThat(responses.get(503).headers().firstValue("Retry-After")).hasValue("1");
        assertThat(responses.get(405).headers().firstValue("Allow").orElseThrow()).contains("GET");
    }

    @Test
    void requestsAndSessionsAreMeasured() throws Exception {
        get("/api/runs");

        assertThat(get("/metrics").body())
                .contains(
                        "labelworth_analytics_requests_seconds_count{path=\"/api/runs\",status=\"200\"} 1")
                .contains("labelworth_analytics_sessions 0.0");
    }

    @Test
    void takenPortIsOneLineThatSaysWhatToDo() {
        DashboardServer second = server(server.port());

        assertThatThrownBy(second::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("LABELWORTH_HTTP_PORT")
                .hasMessageNotContaining("\n");
        second.close();
    }

    private void sendOneMoreWhenReady(String line) {
        if (line.equals("event: ready")) {
            results.apply(SUMMARIES, 2, "later", new Interval(3, 0.5, null, null));
        }
    }

    private DashboardServer server(int port) {
        return new DashboardServer(
                HttpAddress.loopback(port),
                metrics,
                Endpoints.of(views, null, new NoStore()),
                views,
                () -> caughtUp,
                () -> List.of(new Health(state, "part")),
                config -> javalin = config);
    }

    private HttpResponse<Stream<String>> events(String lastSeen) throws Exception {
        HttpRequest.Builder request = request("/api/events").header("Accept", "text/event-stream");
        if (lastSeen != null) {
            request.header("Last-Event-ID", lastSeen);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    /** An instance that was given nothing. */
    private static final class NoStore implements RunStore {

        @Override
        public Optional<HostInfo> owner(String configurationId) {
            return Optional.empty();
        }

        @Override
        public boolean isHere(HostInfo owner) {
            return false;
        }

        @Override
        public Optional<List<Accuracy>> runs(String configurationId) {
            return Optional.empty();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
