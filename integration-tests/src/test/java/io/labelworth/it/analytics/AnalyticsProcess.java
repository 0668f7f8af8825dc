package io.labelworth.it.analytics;

import io.labelworth.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The analytics in a JVM of its own, started as an operator would. */
final class AnalyticsProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    /** An instance of which only the topics are looked at. */
    AnalyticsProcess(KafkaSettings settings, Path stateDir, Path log) {
        this(settings, stateDir, log, 0);
    }

    /** An instance that serves on a port, 0 for any. */
    AnalyticsProcess(KafkaSettings settings, Path stateDir, Path log, int port) {
        this.port = port;
        ProcessBuilder builder =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.labelworth.analytics.AnalyticsMain");
        builder.environment().put("LABELWORTH_BOOTSTRAP_SERVERS", settings.bootstrapServers());
        builder.environment().put("LABELWORTH_SCHEMA_REGISTRY_URL", settings.schemaRegistryUrl());
        builder.environment().put("LABELWORTH_STATE_DIR", stateDir.toString());
        builder.environment().put("LABELWORTH_HTTP_PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Port that it serves on, where one was named. */
    int port() {
        return port;
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new AssertionError("the analytics did not stop within 15 s of SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
