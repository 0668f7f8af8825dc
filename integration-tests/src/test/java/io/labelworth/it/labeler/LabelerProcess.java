package io.labelworth.it.labeler;

import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.KafkaSettings;
import io.labelworth.labeler.LabelerMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A labeler in a JVM of its own, to be frozen and killed. */
final class LabelerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String instance;

    private LabelerProcess(Process process, String instance) {
        this.process = process;
        this.instance = instance;
    }

    static LabelerProcess start(
            String instance,
            KafkaSettings kafka,
            Path dataRoot,
            Path checkpointRoot,
            Path log,
            int batch)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("LABELWORTH_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("LABELWORTH_SCHEMA_REGISTRY_URL", kafka.schemaRegistryUrl());
        environment.put("LABELWORTH_INSTANCE", instance);
        environment.put("LABELWORTH_BATCH", Integer.toString(batch));
        environment.put("LABELWORTH_DATA_ROOT", dataRoot.toString());
        environment.put("LABELWORTH_CHECKPOINT_ROOT", checkpointRoot.toString());
        environment.put("LABELWORTH_HTTP_PORT", "0");
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LabelerMain.class.getName()));
        builder.environment().putAll(environment);
        return new LabelerProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                instance);
    }

    /** Name of its only worker. */
    String worker() {
        return "labeler." + instance + ".0";
    }

    /** SIGSTOP while labels are sent and not committed. */
    void freezeInTransaction(ClusterState state) {
        await("a transaction of " + worker())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            signal("STOP");
                            // What it sent before may be on its way to the broker.
                            Thread.sleep(50);
                            boolean open = state.inTransaction(worker());
                            if (!open) {
                                wake();
                            }
                            return open;
                        });
    }

    /** SIGCONT. */
    void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** As the kernel's out-of-memory killer does it. */
    void kill() {
        process.destroyForcibly();
        hasEnded();
    }

    @Override
    public void close() {
        process.destroy();
        if (!hasEnded()) {
            kill();
        }
    }

    private boolean hasEnded() {
        try {
            return process.waitFor(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
