package io.labelworth.it.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a dashboard does with live events: keeps the latest value of each key, and when the
 * connection breaks, comes back with the id it saw last.
 */
final class LiveClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MS = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Supplier<URI> server;
    private final Map<String, JsonNode> latest = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final Thread thread = new Thread(this::follow, "live-client");
    private volatile boolean closed;
    private volatile String lastId;
    private volatile Stream<String> lines = Stream.empty();
    private volatile int ready;

    /**
     * @param server where the events are when it connects
     */
    LiveClient(Supplier<URI> server) {
        this.server = server;
        thread.setDaemon(true);
        thread.start();
    }

    /** The latest value of a key on a topic; null for none. */
    JsonNode latest(String topic, String key) {
        return latest.get(topic + "/" + key);
    }

    /** Connections that were answered with events so far. */
    int connections() {
        return connections.get();
    }

    /** Connections whose backlog is through. */
    int ready() {
        return ready;
    }

    /** Changes received so far. */
    int received() {
        return received.get();
    }

    /** Breaks the connection, as a network does. */
    void hangUp() {
        lines.close();
    }

    @Override
    public void close() {
        closed = true;
        hangUp();
        thread.interrupt();
    }

    private void follow() {
        while (!closed) {
            try {
                connect();
            } catch (IOException | UncheckedIOException | IllegalStateException e) {
                // Tried again below, as browsers do.
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void connect() throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.get()).header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<Stream<String>> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            return;
        }
        lines = response.body();
        connections.incrementAndGet();
        String[] event = new String[3];
        lines.forEach(line -> read(line, event));
    }

    /**
     * @param event id, name and data so far
     */
    private void read(String line, String[] event) {
        if (line.startsWith("id: ")) {
            event[0] = line.substring(4);
        } else if (line.startsWith("event: ")) {
            event[1] = line.substring(7);
        } else if (line.startsWith("data: ")) {
            event[2] = line.substring(6);
        } else if (line.isEmpty() && event[1] != null) {
            dispatch(event[1], event[2]);
            if (event[0] != null) {
                lastId = event[0];
            }
            event[0] = null;
            event[1] = null;
        }
    }

    private void dispatch(String name, String data) {
        if (name.equals("ready")) {
            ready++;
        } else if (data.startsWith("{\"key\"")) {
            try {
                JsonNode change = JSON.readTree(data);
                latest.put(name + "/" + change.get("key").asText(), change.get("value"));
                received.incrementAndGet();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
