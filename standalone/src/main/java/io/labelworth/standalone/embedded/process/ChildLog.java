package io.labelworth.standalone.embedded.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The log file of a child, as its parent reads it: what came since a position, and no more than the
 * last {@value #TAIL_BYTES} bytes of that.
 *
 * @param file the log file; it need not exist yet
 */
public record ChildLog(Path file) {

    static final int TAIL_BYTES = 64 * 1024;
    static final long ROLL_AT_BYTES = 10L * 1024 * 1024;

    /** Keeps one older file when the log has grown large; call it before the child is started. */
    void roll() throws IOException {
        if (position() > ROLL_AT_BYTES) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".old"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Size of the file in bytes, 0 when there is none. */
    long position() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The lines written since a position. */
    List<String> since(long position) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            // The child itself may have rolled the file meanwhile: then all of it is new.
            long from = log.length() < position ? 0 : position;
            from = Math.max(from, log.length() - TAIL_BYTES);
            byte[] tail = new byte[Math.toIntExact(log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
