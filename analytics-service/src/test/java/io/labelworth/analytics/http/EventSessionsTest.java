package io.labelworth.analytics.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.analytics.rest.Answer;
import io.labelworth.analytics.view.Views;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.RunStatus;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventSessionsTest {

    private static final TopicPartition PARTITION =
            new TopicPartition(Topics.ACCURACY_SUMMARY.name(), 0);
    private static final String LARGE = "x".repeat(1 << 20);

    private final Metrics metrics = new Metrics();
    private final Views views = Views.empty();
    private DashboardServer server;
    private long offset;

    @BeforeEach
    void start() {
        server =
                new DashboardServer(
                        HttpAddress.loopback(0),
                        metrics,
                        List.of(new Answer("/api/any", null, context -> {})),
                        views,
                        () -> true,
                        () -> List.of(new Health(ServiceState.RUNNING, "part")),
                        config -> {});
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void browserThatTakesNothingIsDroppedAndHoldsUpNobody() throws Exception {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = slow.getOutputStream();
            out.write(
                    "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            out.flush();
            awaitSessions(1);
            while (sessions() > 0) {
                change("large", LARGE);
                Thread.sleep(20);
            }
        }
        change("last", "said");

        assertThat(firstEvents(2)).contains("large", "last");
    }

    @Test
    void oneLargeChangeDropsNobody() throws Exception {
        try (Stream<String> lines = events()) {
            long length =
                    lines.peek(this::changeLargelyWhenReady)
                            .filter(line -> line.startsWith("data: {\"key\""))
                            .findFirst()
                            .orElseThrow()
                            .length();

            assertThat(length).isGreaterThan(EventSession.MOST_WAITING);
        }
    }

    @Test
    void textOfAnyLanguageArrivesAsItIs() throws Exception {
        change("name", "é, 蒸, 🌱");

        assertThat(firstEvents(1)).contains("é, 蒸, 🌱");
    }

    private void changeLargelyWhenReady(String line) {
        if (line.equals("event: ready")) {
            change("large", LARGE.repeat(5));
        }
    }

    private String firstEvents(int count) throws Exception {
        try (Stream<String> lines = events()) {
            return lines.filter(line -> line.startsWith("data: {\"key\""))
                    .limit(count)
                    .toList()
                    .toString();
        }
    }

    private Stream<String> events() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + server.port() + "/api/events"))
                        .header("Accept", "text/event-stream")
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    private void change(String key, String reason) {
        RunStatus event =
                RunStatus.newBuilder()
                        .setRunId("run")
                        .setAttemptId("attempt")
                        .setAttempt(1)
                        .setExperimentId("experiment")
                        .setState("failed")
                        .setReason(reason)
                        .setUpdatedAt(Instant.EPOCH)
                        .build();
        views.results().apply(PARTITION, offset++, key, event);
    }

    private void awaitSessions(int count) throws InterruptedException {
        while (sessions() != count) {
            Thread.sleep(10);
        }
    }

    private int sessions() {
        return (int) metrics.registry().get("labelworth.analytics.sessions").gauge().value();
    }
}
