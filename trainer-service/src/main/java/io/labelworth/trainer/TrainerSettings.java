package io.labelworth.trainer;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Settings of a trainer.
 *
 * @param instance {@value #INSTANCE}: name of this trainer, stable over restarts and unlike any
 *     other's; part of its transactional ids. Default: the host's name
 * @param workers {@value #WORKERS}: students trained side by side, each on one thread. Default: the
 *     number of cores
 * @param dataRoot {@value #DATA_ROOT}: where the datasets are. Default: data/images
 * @param stateDir {@value #STATE_DIR}: where the label view is kept; this trainer's own. Default:
 *     state
 * @param http where /health and /metrics are when run as a process of its own. Default: port 8080
 */
public record TrainerSettings(
        String instance, int workers, Path dataRoot, Path stateDir, HttpAddress http) {

    static final String INSTANCE = "LABELWORTH_INSTANCE";
    static final String WORKERS = "LABELWORTH_WORKERS";
    static final String DATA_ROOT = "LABELWORTH_DATA_ROOT";
    static final String STATE_DIR = "LABELWORTH_STATE_DIR";

    private static final int MOST_WORKERS = 1024;
    private static final int DEFAULT_PORT = 8080;

    /** Refuses an instance name that cannot be part of a transactional id or a file name. */
    public TrainerSettings {
        if (!instance.matches("[A-Za-z0-9._-]+")) {
            throw new ConfigurationException(
                    INSTANCE
                            + " must be made of letters, digits, dots, dashes and underscores, not "
                            + instance);
        }
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
                environment.integer(WORKERS, cores, 1, MOST_WORKERS),
                environment.path(DATA_ROOT, Path.of("data", "images")),
                environment.path(STATE_DIR, Path.of("state")),
                HttpAddress.from(environment, DEFAULT_PORT));
    }

    /** Name of one worker, and its transactional id. */
    String worker(int slot) {
        return "trainer." + instance + "." + slot;
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
