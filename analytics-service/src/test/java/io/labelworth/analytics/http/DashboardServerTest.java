package io.labelworth.analytics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.analytics.view.Activity;
import io.labelworth.analytics.view.Results;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Interval;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardServerTest {

    private static final TopicPartition SUMMARIES =
            new TopicPartition(Topics.ACCURACY_SUMMARY.name(), 0);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final Results results = new Results();
    private volatile ServiceState state = ServiceState.RUNNING;
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
                .isEqualTo("{\"items\":[{\"n\":2,\"mean\":0.6,\"std\":0.1,\"halfWidth95\":0.2}]}");
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
        HttpRequest request =
                request("/api/events")
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", "accuracy-summary-0:1")
                        .build();

        HttpResponse<Stream<String>> response =
                http.send(request, HttpResponse.BodyHandlers.ofLines());

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
                results,
                new Activity(),
                () -> List.of(new Health(state, "part")),
                config -> {});
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
