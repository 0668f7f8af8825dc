package io.labelworth.it.labeler;

import io.labelworth.kafka.KafkaSettings;
import io.labelworth.labeler.LabelerMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A labeler in a JVM of its own, to be killed. */
final class LabelerProcess implements AutoCloseable {

    private final Process process;

    private LabelerProcess(Process process) {
        this.process = process;
    }

    static LabelerProcess start(
            KafkaSettings kafka, Path dataRoot, Path checkpointRoot, Path log, int batch)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("LABELWORTH_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("LABELWORTH_SCHEMA_REGISTRY_URL", kafka.schemaRegistryUrl());
        environment.put("LABELWORTH_INSTANCE", "to-be-killed");
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
                        .start());
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
