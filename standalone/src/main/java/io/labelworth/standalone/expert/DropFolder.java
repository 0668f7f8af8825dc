package io.labelworth.standalone.expert;

import io.labelworth.labeler.announce.WeightsContent;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A directory that a training job drops checkpoints into: {@code .safetensors}, {@code .pt} and
 * {@code .pth} files, not those in directories below. A file that is being written is left alone:
 * one whose name says so, one that is shorter than it says itself, and one that has changed since
 * the scan before.
 *
 * <p>It is scanned, not watched: the kernel tells nobody of what another machine writes to a shared
 * file system (NFS), which is where training jobs mostly write. Used by one thread.
 */
final class DropFolder {

    private static final Pattern WEIGHTS = Pattern.compile("[^.].*\\.(safetensors|pt|pth)");

    private final Path directory;
    private final Map<Path, List<Object>> before = new HashMap<>();
    private final Map<Path, List<Object>> settled = new HashMap<>();

    DropFolder(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /**
     * Checkpoints that are all there and not settled yet, in the order of their names.
     *
     * @throws IOException when the directory cannot be read
     */
    List<Path> scan() throws IOException {
        List<Path> ready = new ArrayList<>();
        Map<Path, List<Object>> now = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (WEIGHTS.matcher(file.getFileName().toString()).matches()
                        && Files.isRegularFile(file)) {
                    List<Object> version = version(file);
                    now.put(file, version);
                    if (version.equals(before.get(file))
                            && !version.equals(settled.get(file))
                            && whole(file)) {
                        ready.add(file);
                    }
                }
            }
        }
        before.clear();
        before.putAll(now);
        settled.keySet().retainAll(now.keySet());
        ready.sort(null);
        return ready;
    }

    /** Leaves a file alone from now on, until it or its card changes. */
    void settle(Path file) {
        settled.put(file, before.get(file));
    }

    private static List<Object> version(Path file) throws IOException {
        List<Object> version = new ArrayList<>(attributes(file));
        version.addAll(attributes(CheckpointCard.path(file)));
        return version;
    }

    private static List<Object> attributes(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    String.valueOf(attributes.fileKey()));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean whole(Path file) throws IOException {
        try {
            return WeightsContent.of(file).whole();
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
