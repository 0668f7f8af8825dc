package io.labelworth.trainer;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ModelException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of a trainer.
 *
 * @param instance {@value #INSTANCE}: name of this trainer, stable over restarts and unlike any
 *     other's; its workers speak of their runs under it. Default: the host's name
 * @param devices {@value #DEVICE}: what students are trained on; workers are dealt out to them in
 *     turn. Default: auto, all GPUs, or else the processor
 * @param workers {@value #WORKERS}: students trained side by side, each on one thread. Default: the
 *     number of cores, since a student on a GPU needs one too
 * @param dataRoot {@value #DATA_ROOT}: where the datasets are. Default: data/images
 * @param stateDir {@value #STATE_DIR}: where the label view is kept; this trainer's own. Default:
 *     state
 * @param http where /health and /metrics are when run as a process of its own. Default: port 8080
 */
public record TrainerSettings(
        String instance,
        List<ComputeDevice> devices,
        int workers,
        Path dataRoot,
        Path stateDir,
        HttpAddress http) {

    /** Variable with the instance name. */
    public static final String INSTANCE = "LABELWORTH_INSTANCE";

    /** Variable with the devices. */
    public static final String DEVICE = "LABELWORTH_DEVICE";

    /** Variable with the number of workers. */
    public static final String WORKERS = "LABELWORTH_WORKERS";

    /** Variable with the data root. */
    public static final String DATA_ROOT = "LABELWORTH_DATA_ROOT";

    /** Variable with the directory of the label view. */
    public static final String STATE_DIR = "LABELWORTH_STATE_DIR";

    private static final int MOST_WORKERS = 1024;
    private static final int DEFAULT_PORT = 8080;

    /** Refuses an instance name that cannot be part of a client id or a file name. */
    public TrainerSettings {
        if (!instance.matches("[A-Za-z0-9._-]+")) {
            throw new ConfigurationException(
                    INSTANCE
                            + " must be made of letters, digits, dots, dashes and underscores, not "
                            + instance);
        }
        devices = List.copyOf(devices);
    }

    /**
     * Settings from environment variables.
     *
     * @throws ConfigurationException when one is not what it must be
     */
    public static TrainerSettings from(Environment environment) {
        String instance = environment.text(INSTANCE, "");
        int cores = Runtime.getRuntime().availableProcessors();
        return new TrainerSettings(
                instance.isEmpty() ? hostName() : instance,
                devices(environment.text(DEVICE, "auto")),
                environment.integer(WORKERS, cores, 1, MOST_WORKERS),
                environment.path(DATA_ROOT, Path.of("data", "images")),
                environment.path(STATE_DIR, Path.of("state")),
                HttpAddress.from(environment, DEFAULT_PORT));
    }

    /** Name of one worker. */
    String worker(int slot) {
        return "trainer." + instance + "." + slot;
    }

    /** Device of one worker. */
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

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "this host has no name; set " + INSTANCE + " to a name of its own", e);
        }
    }
}
