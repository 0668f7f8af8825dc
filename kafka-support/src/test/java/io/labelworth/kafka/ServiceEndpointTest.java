package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceEndpointTest {

    private static final Health UP = new Health(ServiceState.RUNNING, "labeler-0");
    private static final Health DEAD = new Health(ServiceState.FAILED, "labeler-1 failed: why");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private volatile List<Health> parts = List.of(UP, UP);
    private ServiceEndpoint endpoint = endpoint(0);

    @AfterEach
    void close() {
        endpoint.close();
        metrics.close();
    }

    @Test
    void healthIs200WhileAllPartsWork() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("RUNNING labeler-0\nRUNNING labeler-0\n");
    }

    @Test
    void healthIs503WithTheReasonAsSoonAsOnePartIsDead() throws Exception {
        parts = List.of(UP, DEAD);

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("RUNNING labeler-0\nFAILED labeler-1 failed: why\n");
    }

    @Test
    void metricsAreThoseOfTheProcessAndThoseThatTheServiceAdded() throws Exception {
        metrics.registry().counter("labelworth.labels", "labelling", "a").increment(3);

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue(Metrics.CONTENT_TYPE);
        assertThat(answer.body()).contains("labelworth_labels_total{labelling=\"a\"} 3.0\n");
        assertThat(answer.body()).contains("process_uptime_seconds");
    }

    @Test
    void theServicesOwnRoutesAreThere() throws Exception {
        HttpResponse<String> answer = post("application/json", BodyPublishers.ofString("[1]"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("[1]");
    }

    @Test
    void whatARouteRefusesIsAProblemWithItsReason() throws Exception {
        HttpResponse<String> answer = post("application/json", BodyPublishers.ofString(""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"detail\":\"nothing sent\"");
    }

    @Test
    void aPageOfAnotherSiteCannotPostAsAForm() throws Exception {
        HttpResponse<String> answer = post("text/plain", BodyPublishers.ofString("[1]"));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithAndWithoutItsLengthSaid() throws Exception {
        byte[] large = new byte[ServiceEndpoint.LARGEST_BODY + 1];

        assertThat(post("application/json", BodyPublishers.ofByteArray(large)).statusCode())
                .isEqualTo(413);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
        assertThat(post("application/json", chunked).statusCode()).isEqualTo(413);
    }

    @Test
    void anUnknownPathAndAnUnexpectedFailureAreProblemsWithoutAStackTrace() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(404);

        HttpResponse<String> failed = get("/broken");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("\"status\":500").doesNotContain("secret", "\tat ");
    }

    @Test
    void aTakenPortIsRefusedInOneLineWithWhatToDo() {
        assertThatThrownBy(() -> endpoint(endpoint.port()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("127.0.0.1:" + endpoint.port())
                .hasMessageContaining("set LABELWORTH_HTTP_PORT")
                .hasMessageNotContaining("\n");
    }

    private ServiceEndpoint endpoint(int port) {
        ServiceEndpoint opened =
                new ServiceEndpoint(
                        HttpAddress.loopback(port),
                        metrics,
                        () -> parts,
                        ServiceEndpointTest::routes);
        opened.start();
        return opened;
    }

    private static void routes(JavalinConfig config) {
        config.routes.post(
                "/things",
                context -> {
                    if (context.body().isEmpty()) {
                        throw new BadRequestResponse("nothing sent");
                    }
                    context.status(201).result(context.body());
                });
        config.routes.get(
                "/broken",
                context -> {
                    throw new IllegalStateException("secret");
                });
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> post(String type, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/things")).header("Content-Type", type).POST(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + endpoint.port() + path);
    }
}
