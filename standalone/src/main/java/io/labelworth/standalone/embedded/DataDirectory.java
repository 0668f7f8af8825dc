package io.labelworth.standalone.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything of one embedded cluster lies.
 *
 * @param root the directory, absolute
 */
record DataDirectory(Path root) {

    /** Below this much free space nothing is started: a broker that fills a disk halts. */
    static final long LEAST_FREE_BYTES = 256L * 1024 * 1024;

    DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    Path lock() {
        return root.resolve(".lock");
    }

    Path owner() {
        return root.resolve(".pid");
    }

    Path brokerLock() {
        return root.resolve(".broker.lock");
    }

    Path registryLock() {
        return root.resolve(".registry.lock");
    }

    Path ports() {
        return root.resolve("ports.json");
    }

    Path runtime() {
        return root.resolve("runtime.json");
    }

    /** The broker's storage, relative to {@link #root}: Kafka splits its setting at commas. */
    String broker() {
        return "kafka";
    }

    /** The registry's database, relative to {@link #root}: H2 splits its URL at semicolons. */
    String registryDatabase() {
        return "./registry/registry";
    }

    Path brokerLog() {
        return root.resolve("logs").resolve("broker.log");
    }

    Path registryLog() {
        return root.resolve("logs").resolve("registry.log");
    }

    /**
     * Creates what is missing.
     *
     * @throws EmbeddedClusterException when it is no directory, cannot be written, or its disk is
     *     full
     */
    void prepare() {
        try {
            Files.createDirectories(root.resolve("logs"));
            Files.createDirectories(root.resolve("registry"));
            Files.delete(Files.createTempFile(root, ".writable", ""));
        } catch (FileAlreadyExistsException e) {
            throw new EmbeddedClusterException(
                    e.getFile() + " is not a directory; choose another one with --data", e);
        } catch (IOException e) {
            throw new EmbeddedClusterException(
                    "cannot write to the data directory "
                            + root
                            + " ("
                            + e.getClass().getSimpleName()
                            + "); make it writable, free some space, or choose another one with"
                            + " --data",
                    e);
        }
        requireSpace();
    }

    private void requireSpace() {
        long free = root.toFile().getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            throw new EmbeddedClusterException(
                    "only "
                            + free / (1024 * 1024)
                            + " MiB are free for "
                            + root
                            + "; free at least "
                            + LEAST_FREE_BYTES / (1024 * 1024)
                            + " MiB or choose another directory with --data");
        }
    }
}
