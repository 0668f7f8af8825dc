package io.labelworth.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code GET /health}: 200 while all parts work, 503 as soon as one does not, with a line for each;
 * what a container platform's probes ask.
 */
public final class HealthEndpoint implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Supplier<List<Health>> parts;

    /**
     * Binds and serves.
     *
     * @param port port to listen on; 0 takes a free one
     * @throws ConfigurationException when the port is taken
     */
    public HealthEndpoint(int port, Supplier<List<Health>> parts) {
        this.parts = parts;
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "cannot serve /health on port "
                            + port
                            + " ("
                            + e.getMessage()
                            + "); set LABELWORTH_HTTP_PORT to a free port",
                    e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Port bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!"/health".equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            List<Health> health = parts.get();
            String body =
                    health.stream()
                            .map(part -> part.state() + " " + part.detail() + "\n")
                            .collect(Collectors.joining());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            boolean up = health.stream().allMatch(Health::up);
            exchange.sendResponseHeaders(up ? OK : UNAVAILABLE, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
