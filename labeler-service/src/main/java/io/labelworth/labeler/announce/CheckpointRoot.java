package io.labelworth.labeler.announce;

import io.labelworth.learning.network.WeightsFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory that checkpoint URIs are relative to. A TorchScript file runs its author's code, so
 * such are taken from directories that somebody configured only.
 */
public final class CheckpointRoot {

    private static final String SUFFIX = ".safetensors";
    private static final String TORCHSCRIPT_SUFFIX = ".pt";

    private final Path root;
    private final List<Path> torchScriptDirs;

    /**
     * @param torchScriptDirs where TorchScript files may be, relative to the root; {@code .} is
     *     anywhere below it
     */
    public CheckpointRoot(Path root, List<Path> torchScriptDirs) {
        this.root = root.toAbsolutePath().normalize();
        this.torchScriptDirs = torchScriptDirs.stream().map(this.root::resolve).toList();
    }

    /**
     * The file that {@code uri} names.
     *
     * @throws RefusedException of kind outside-root, missing-file or location-not-allowed
     */
    public Path file(String uri, WeightsFormat format) throws RefusedException {
        try {
            Path file = root.resolve(uri).normalize();
            if (Path.of(uri).isAbsolute() || !file.startsWith(root)) {
                throw outside(uri);
            }
            if (!Files.exists(file)) {
                throw missing(uri);
            }
            // A link may lead out of a directory that the path itself stays in.
            Path real = file.toRealPath();
            if (!real.startsWith(root.toRealPath())) {
                throw outside(uri);
            }
            if (!Files.isRegularFile(real)) {
                throw missing(uri);
            }
            if (format == WeightsFormat.TORCHSCRIPT && !runnable(real)) {
                throw notAllowed(uri);
            }
            return real;
        } catch (InvalidPathException e) {
            throw outside(uri);
        } catch (IOException e) {
            throw new RefusedException("missing-file", e);
        }
    }

    /** Where a checkpoint that comes from elsewhere is kept; its content is part of its name. */
    Path place(String dataset, String run, long step, String sha256, WeightsFormat format)
            throws RefusedException {
        boolean module = format == WeightsFormat.TORCHSCRIPT;
        String suffix = module ? TORCHSCRIPT_SUFFIX : SUFFIX;
        if (module && torchScriptDirs.isEmpty()) {
            throw notAllowed(run);
        }
        return (module ? torchScriptDirs.get(0) : root)
                .normalize()
                .resolve(dataset)
                .resolve(run)
                .resolve(String.format("step-%08d-%s%s", step, sha256, suffix));
    }

    /** A file below the root as events name it: relative, with '/'. */
    public String uri(Path file) {
        return root.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private boolean runnable(Path real) throws IOException {
        for (Path directory : torchScriptDirs) {
            if (Files.isDirectory(directory) && real.startsWith(directory.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private static RefusedException outside(String uri) {
        return new RefusedException("outside-root", uri + " leads out of the checkpoint root");
    }

    private static RefusedException missing(String uri) {
        return new RefusedException("missing-file", uri + " is not in the checkpoint root");
    }

    private static RefusedException notAllowed(String what) {
        return new RefusedException(
                "location-not-allowed",
                what
                        + " is a TorchScript file, which runs code, and not in a directory that"
                        + " LABELWORTH_TORCHSCRIPT_DIRS names");
    }
}
