package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ModelException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a labeler is told; {@link #from} reads it from the environment.
 *
 * @param instance name of this labeler, stable over its restarts and its own: it makes the
 *     transactional ids, and a second labeler of the same name stops the first
 * @param devices devices to run networks on; worker slots are dealt out to them in turn
 * @param workers checkpoints labelled side by side, each with a model in memory
 * @param memory most bytes of models and buffers on each device
 * @param batch most images of one forward pass
 * @param patience how long fewer new images than a batch may wait before a worker is opened for
 *     them
 * @param dataRoot directory that image URIs are relative to
 * @param checkpointRoot directory that checkpoint URIs are relative to
 * @param torchScriptDirs directories below the checkpoint root that TorchScript, which runs code,
 *     is loaded from
 */
public record LabelerSettings(
        String instance,
        List<ComputeDevice> devices,
        int workers,
        long memory,
        int batch,
        Duration patience,
        Path dataRoot,
        Path checkpointRoot,
        List<Path> torchScriptDirs) {

    /** Variable with the instance name; default the host name. */
    public static final String INSTANCE = "LABELWORTH_INSTANCE";

    /** Variable with the devices; default auto: all GPUs, or else the CPU. */
    public static final String DEVICE = "LABELWORTH_DEVICE";

    /** Variable with the number of workers; default 0: one for each device. */
    public static final String WORKERS = "LABELWORTH_WORKERS";

    /** Variable with the memory of each device in MiB; default 0: half of what is there. */
    public static final String MEMORY = "LABELWORTH_MEMORY_MB";

    /** Variable with the batch; default 256. */
    public static final String BATCH = "LABELWORTH_BATCH";

    /** Variable with the patience in milliseconds; default 5000. */
    public static final String PATIENCE = "LABELWORTH_PATIENCE_MS";

    /** Variable with the data root; default {@code data/images}. */
    public static final String DATA_ROOT = "LABELWORTH_DATA_ROOT";

    /** Variable with the checkpoint root; default {@code checkpoints} in the data root. */
    public static final String CHECKPOINT_ROOT = "LABELWORTH_CHECKPOINT_ROOT";

    /** Variable with the TorchScript directories, separated by commas; default none. */
    public static final String TORCHSCRIPT_DIRS = "LABELWORTH_TORCHSCRIPT_DIRS";

    private static final long MIB = 1L << 20;

    /** Refuses a name that cannot be part of a transactional id. */
    public LabelerSettings {
        if (!instance.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new ConfigurationException(
                    INSTANCE
                            + " must be letters, digits, '.', '_' and '-', not \""
                            + instance
                            + "\"");
        }
        devices = List.copyOf(devices);
        torchScriptDirs = List.copyOf(torchScriptDirs);
    }

    /**
     * Settings from environment variables.
     *
     * @throws ConfigurationException when one cannot be used
     */
    public static LabelerSettings from(Environment environment) {
        String instance = environment.text(INSTANCE, "");
        Path dataRoot = environment.path(DATA_ROOT, Path.of("data", "images"));
        List<ComputeDevice> devices = devices(environment.text(DEVICE, "auto"));
        int workers = environment.integer(WORKERS, 0, 0, 64);
        long memory = environment.integer(MEMORY, 0, 0, 1 << 20) * MIB;
        return new LabelerSettings(
                instance.isEmpty() ? hostName() : instance,
                devices,
                workers == 0 ? devices.size() : workers,
                memory == 0 ? devices.get(0).memoryBytes() / 2 : memory,
                environment.integer(BATCH, 256, 1, 16_384),
                Duration.ofMillis(environment.integer(PATIENCE, 5_000, 0, 600_000)),
                dataRoot,
                environment.path(CHECKPOINT_ROOT, dataRoot.resolve("checkpoints")),
                directories(environment.text(TORCHSCRIPT_DIRS, "")));
    }

    /** Transactional id of one worker slot, numbered from 0. */
    public String transactionalId(int slot) {
        return "labeler." + instance + "." + slot;
    }

    /** Device of one worker slot. */
    ComputeDevice device(int slot) {
        return devices.get(slot % devices.size());
    }

    private static List<ComputeDevice> devices(String text) {
        try {
            return ComputeDevice.available(text);
        } catch (ModelException e) {
            throw new ConfigurationException(DEVICE + ": " + e.getMessage(), e);
        }
    }

    /** The directories of {@link #TORCHSCRIPT_DIRS}, as text. */
    public static List<Path> directories(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
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
