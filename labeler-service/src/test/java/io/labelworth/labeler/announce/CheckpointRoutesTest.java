package io.labelworth.labeler.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceEndpoint;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Announcing over HTTP, on a service's own endpoint. */
class CheckpointRoutesTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path root;
    private final Given.Log log = new Given.Log();
    private final Metrics metrics = new Metrics();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceEndpoint endpoint;
    private ObjectNode body;

    @BeforeEach
    void start() throws IOException {
        Path weights =
                Given.expert("convnet-fp32-weights.safetensors", root.resolve("a.safetensors"));
        Given.expert("convnet.pt", root.resolve("a.pt"));
        CheckpointAnnouncer announcer = Given.announcer(log, root, Given.NOISE, "torchscript");
        endpoint =
                new ServiceEndpoint(
                        HttpAddress.loopback(0),
                        metrics,
                        List::of,
                        config -> CheckpointRoutes.add(config.routes, announcer));
        endpoint.start();
        body =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"dataset": "noise", "run": "mine", "step": 7, "epoch": 0.5,
                                 "uri": "a.safetensors", "format": "safetensors",
                                 "architecture":
                                   {"name": "convnet", "parameters": {"depth": 2, "width": "4"}},
                                 "codec": {"name": "topk-fp16", "parameters": {"k": 2}}}""");
        body.put("sha256", Given.sha256(weights));
    }

    @AfterEach
    void stop() {
        endpoint.close();
        metrics.close();
    }

    @Test
    void aCheckpointIsAnnouncedOnce() throws Exception {
        // When
        HttpResponse<String> first = post(body.toString());
        HttpResponse<String> second = post(body.toString());

        // Then
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        JsonNode answer = JSON.readTree(first.body());
        ExpertCheckpoint event = log.announced.get("mine/step-00000007");
        assertThat(answer.get("checkpointId").asText()).isEqualTo(event.getCheckpointId());
        assertThat(answer.get("labellingId").asText()).isEqualTo(event.getLabellingId());
        assertThat(answer.at("/codec/parameters/k").asText()).isEqualTo("2");
        assertThat(answer.get("bytesPerLabel").asInt()).isEqualTo(10);
        assertThat(answer.at("/trial/images").asInt()).isEqualTo(300);
        assertThat(answer.at("/trial/codecError/meanDivergence").asDouble()).isPositive();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(log.appended).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/step,         '\"x\"',           400, bad-request: the field step is not a whole number",
        "/step,         7.5,               400, bad-request: the field step is not a whole number",
        "/step,         1e30,              400, bad-request: the field step is not a whole number",
        "/step,         null,              400, bad-request: the field step is missing",
        "/sha256,       null,              400, bad-request",
        "/sha256,       '\"\"',            400, bad-request: sha256",
        "/runs,         1,                 400, bad-request: unknown field",
        "/run,          '\"a/b\"',         400, bad-request: a run",
        "/format,       '\"onnx\"',        400, bad-request: format",
        "/precision,    '\"int8\"',        400, bad-request: precision",
        "/architecture, '\"convnet\"',     400, bad-request: the field architecture",
        "/codec,        '{\"name\":\"x\"}', 400, bad-request: codec: unknown codec",
        "/codec,        '{\"name\":\"topk-fp16\",\"parameters\":{\"k\":5}}', 422, unknown-codec",
        "/dataset,      '\"x\"',           422, unknown-dataset",
        "/uri,          '\"../x\"',        422, outside-root",
        "/uri,          '\"none\"',        422, missing-file",
        "/uri,          '\"a.pt\"',        422, wrong-format",
    })
    void aRequestThatDoesNotFitIsAProblem(String field, String value, int status, String detail)
            throws Exception {
        // Given
        body.set(field.substring(1), JSON.readTree(value));

        // When
        HttpResponse<String> answer = post(body.toString());

        // Then
        assertProblem(answer, status, detail);
    }

    @Test
    void anotherHashThanTheFilesIsAProblem() throws Exception {
        assertProblem(post(body.put("sha256", "0".repeat(64)).toString()), 422, "unusable-model");
    }

    @Test
    void codeOutsideTheConfiguredDirectoriesIsAProblem() throws Exception {
        // Given
        body.put("uri", "a.pt").put("format", "torchscript");
        body.put("sha256", Given.sha256(root.resolve("a.pt")));
        body.set("architecture", JSON.createObjectNode().put("name", "torchscript"));

        // Then
        assertProblem(post(body.toString()), 422, "location-not-allowed");
    }

    @Test
    void aNameThatIsTakenIsAConflict() throws Exception {
        // Given
        post(body.toString());

        // When
        HttpResponse<String> answer = post(body.put("precision", "bf16").toString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("taken");
    }

    @Test
    void whatIsNoJsonObjectOrTooLargeIsAProblem() throws Exception {
        for (String text : List.of("", "[]", "{\"step\":1,\"step\":2}", "{} {}", "{\"a\"")) {
            assertProblem(post(text), 400, "bad-request");
        }
        assertProblem(post("{\"run\":\"" + "a".repeat(70_000) + "\"}"), 413, "");
    }

    private void assertProblem(HttpResponse<String> answer, int status, String detail)
            throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("detail").asText())
                .startsWith(detail)
                .doesNotContain("\n");
        assertThat(log.appended).isZero();
    }

    private HttpResponse<String> post(String text) throws Exception {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + endpoint.port() + "/checkpoints"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
