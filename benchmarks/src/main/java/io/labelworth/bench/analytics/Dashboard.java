package io.labelworth.bench.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An open dashboard: follows the live events, as a browser does. */
final class Dashboard implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MS = 200;
    private static final String SUMMARY = "event: accuracy-summary";

    private final CountDownLatch ready = new CountDownLatch(1);
    private final Consumer<JsonNode> onSummary;
    private final Thread thread;
    private volatile Stream<String> lines = Stream.empty();
    private String event = "";

    /**
     * Opens one.
     *
     * @param http shared by those that are open together
     * @param onSummary takes the summary of a configuration, as soon as it is there; null for a
     *     dashboard that only reads
     */
    Dashboard(HttpClient http, URI events, Consumer<JsonNode> onSummary) {
        this.onSummary = onSummary;
        this.thread = new Thread(() -> follow(http, events), "bench-dashboard");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until it shows all that there was. */
    void awaitReady() throws InterruptedException {
        ready.await();
    }

    @Override
    public void close() {
        lines.close();
        thread.interrupt();
    }

    private void follow(HttpClient http, URI events) {
        HttpRequest request =
                HttpRequest.newBuilder(events).header("Accept", "text/event-stream").build();
        try {
            lines = connected(http, request);
            lines.forEach(this::read);
        } catch (UncheckedIOException e) {
            // It was closed; one that broke is missed by whoever waits for it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The service may still be starting. */
    private static Stream<String> connected(HttpClient http, HttpRequest request)
            throws InterruptedException {
        while (true) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
            } catch (IOException e) {
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private void read(String line) {
        if (line.startsWith("event: ")) {
            event = line;
            if (line.equals("event: ready")) {
                ready.countDown();
            }
        } else if (onSummary != null && line.startsWith("data: ") && event.equals(SUMMARY)) {
            try {
                onSummary.accept(JSON.readTree(line.substring(6)).get("value"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
