package io.labelworth.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where one installation keeps everything.
 *
 * @param root the directory the user names with {@code --data}
 */
public record LocalPaths(Path root) {

    /**
     * Directory below {@link #checkpoints} that TorchScript files, which run code, are loaded from
     * unless somebody configures otherwise. Whoever can put a file there can run code here anyway:
     * it is their own machine.
     */
    public static final String TORCHSCRIPT = "torchscript";

    /** Dataset files; image URIs are relative to it. */
    public Path images() {
        return root.resolve("images");
    }

    /** Weights of experts; checkpoint URIs are relative to it. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** What services keep on disk and can rebuild from the topics. */
    public Path state() {
        return root.resolve("state");
    }

    /**
     * Creates what is missing.
     *
     * @throws UncheckedIOException when it cannot
     */
    void create() {
        try {
            for (Path directory : List.of(images(), checkpoints(), state())) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create directories in " + root + ": " + e, e);
        }
    }
}
