package io.labelworth.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;

/** {@code runtime.json} in a data directory: there while a cluster runs on it. */
public final class RuntimeFile {

    private final JsonFile<RuntimeInfo> file;

    private RuntimeFile(Path path) {
        this.file = new JsonFile<>(path, RuntimeInfo.class);
    }

    static RuntimeFile of(DataDirectory directory) {
        return new RuntimeFile(directory.runtime());
    }

    /**
     * The cluster that runs on a data directory; empty when there is none, whatever a killed one
     * left there.
     */
    public static Optional<RuntimeInfo> read(Path dataDir) {
        try {
            return of(new DataDirectory(dataDir)).file.read().filter(RuntimeInfo::isAlive);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void write(RuntimeInfo info) {
        file.write(info);
    }

    void delete() {
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            throw new EmbeddedClusterException(
                    "cannot remove " + file.path() + " (" + e + "); remove it by hand", e);
        }
    }
}
