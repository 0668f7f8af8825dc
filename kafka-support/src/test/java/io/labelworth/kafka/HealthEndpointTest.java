package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    private static final Health UP = new Health(ServiceState.RUNNING, "labeler-0");
    private static final Health DEAD = new Health(ServiceState.FAILED, "labeler-1 failed: why");

    @Test
    void answers200WhileAllPartsWork() throws Exception {
        HttpResponse<String> answer = ask("/health", List.of(UP, UP));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("RUNNING labeler-0\nRUNNING labeler-0\n");
    }

    @Test
    void answers503WithTheReasonAsSoonAsOnePartIsDead() throws Exception {
        HttpResponse<String> answer = ask("/health", List.of(UP, DEAD));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("FAILED labeler-1 failed: why");
    }

    @Test
    void knowsNoOtherPath() throws Exception {
        assertThat(ask("/healthz", List.of(UP)).statusCode()).isEqualTo(404);
    }

    @Test
    void aTakenPortIsRefusedWithWhatToDo() {
        try (HealthEndpoint first = new HealthEndpoint(0, List::of)) {
            assertThatThrownBy(() -> new HealthEndpoint(first.port(), List::of))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("port " + first.port())
                    .hasMessageContaining("set LABELWORTH_HTTP_PORT");
        }
    }

    private static HttpResponse<String> ask(String path, List<Health> parts)
            throws IOException, InterruptedException {
        try (HealthEndpoint endpoint = new HealthEndpoint(0, () -> parts)) {
            URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
        }
    }
}
