package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a labeler is told.
 *
 * @param instance name of this labeler, stable over its restarts and its own: it makes the
 *     transactional ids, and a second labeler of the same name stops the first
 * @param workers checkpoints labelled side by side, each with a model in memory
 * @param batch most images of one forward pass and one transaction
 * @param patience how long fewer new images than a batch may wait before a worker is opened for
 *     them
 * @param dataRoot directory that image URIs are relative to
 * @param checkpointRoot directory that checkpoint URIs are relative to
 * @param httpPort port of {@code /health} when run as a process of its own
 */
public record LabelerSettings(
        String instance,
        int workers,
        int batch,
        Duration patience,
        Path dataRoot,
        Path checkpointRoot,
        int httpPort) {

    /** Variable with the instance name; default the host name. */
    public static final String INSTANCE = "LABELWORTH_INSTANCE";

    /** Variable with the number of workers; default 1. */
    public static final String WORKERS = "LABELWORTH_WORKERS";

    /** Variable with the batch; default 256. */
    public static final String BATCH = "LABELWORTH_BATCH";

    /** Variable with the patience in milliseconds; default 5000. */
    public static final String PATIENCE = "LABELWORTH_PATIENCE_MS";

    /** Variable with the data root; default {@code data/images}. */
    public static final String DATA_ROOT = "LABELWORTH_DATA_ROOT";

    /** Variable with the checkpoint root; default {@code checkpoints} in the data root. */
    public static final String CHECKPOINT_ROOT = "LABELWORTH_CHECKPOINT_ROOT";

    /** Variable with the health port; default 8080. */
    public static final String HTTP_PORT = "LABELWORTH_HTTP_PORT";

    /** Refuses a name that cannot be part of a transactional id. */
    public LabelerSettings {
        if (!instance.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new ConfigurationException(
                    INSTANCE
                            + " must be letters, digits, '.', '_' and '-', not \""
                            + instance
                            + "\"");
        }
    }

    /**
     * Settings from environment variables.
     *
     * @throws ConfigurationException when one cannot be used
     */
    public static LabelerSettings from(Environment environment) {
        String instance = environment.text(INSTANCE, "");
        Path dataRoot = environment.path(DATA_ROOT, Path.of("data", "images"));
        return new LabelerSettings(
                instance.isEmpty() ? hostName() : instance,
                environment.integer(WORKERS, 1, 1, 64),
                environment.integer(BATCH, 256, 1, 16_384),
                Duration.ofMillis(environment.integer(PATIENCE, 5_000, 0, 600_000)),
                dataRoot,
                environment.path(CHECKPOINT_ROOT, dataRoot.resolve("checkpoints")),
                environment.integer(HTTP_PORT, 8080, 0, 65_535));
    }

    /** Transactional id of one worker slot, numbered from 0. */
    public String transactionalId(int slot) {
        return "labeler." + instance + "." + slot;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "this host has no name; set " + INSTANCE + " to a name of its own", e);
        }
    }
}
