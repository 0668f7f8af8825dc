package io.labelworth.learning.data;

import io.labelworth.learning.data.DatasetSource.SourceFile;
import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/**
 * Brings a dataset's files into its folder: uncompressed, checked, and in one rename each, so that
 * a file is there whole or not at all.
 */
final class Importer {

    private static final int BUFFER = 1 << 16;

    private final DatasetSource source;
    private final Path folder;

    Importer(DatasetSource source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    DatasetSource source() {
        return source;
    }

    /** Takes every file from {@code from}, where it lies as it is or with .gz. */
    void fromFolder(Path from) {
        for (SourceFile file : source.files()) {
            Path plain = from.resolve(file.name());
            Path packed = from.resolve(file.name() + ".gz");
            Path found = Files.isRegularFile(plain) ? plain : packed;
            if (!Files.isRegularFile(found)) {
                throw new DatasetException(
                        String.format(
                                "%s is not in %s, nor with .gz; name a folder that holds it",
                                file.name(), from));
            }
            try (InputStream in = Files.newInputStream(found)) {
                take(file, in, found.equals(packed), found.toString());
            } catch (IOException e) {
                throw new DatasetException(
                        "cannot read " + found + " (" + e.getMessage() + "); check it", e);
            }
        }
    }

    /**
     * Takes one file from a stream.
     *
     * @param origin the stream's name in messages
     * @throws DatasetException when it is corrupt or not the file expected
     * @throws StorageException when it cannot be written
     */
    void take(SourceFile file, InputStream in, boolean packed, String origin) {
        Path temporary = null;
        try {
            Files.createDirectories(folder);
            temporary = Files.createTempFile(folder, file.name(), ".part");
            try (OutputStream out = Files.newOutputStream(temporary)) {
                unpack(in, packed, out, origin);
            }
            if (!Sha256.of(temporary).equals(file.sha256())) {
                throw new DatasetException(
                        origin + " is not the published file (wrong SHA-256); get it anew");
            }
            Files.move(
                    temporary,
                    folder.resolve(file.name()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException(folder, e);
        } finally {
            delete(temporary);
        }
    }

    /** Reads apart from writing: a full disk says nothing about what is read. */
    static void unpack(InputStream in, boolean packed, OutputStream out, String origin)
            throws IOException {
        InputStream content = readable(() -> packed ? new GZIPInputStream(in) : in, origin);
        byte[] buffer = new byte[BUFFER];
        int count = readable(() -> content.read(buffer), origin);
        while (count >= 0) {
            out.write(buffer, 0, count);
            count = readable(() -> content.read(buffer), origin);
        }
    }

    private static <T> T readable(Reading<T> reading, String origin) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new DatasetException(
                    String.format("cannot unpack %s (%s); get it anew", origin, e.getMessage()), e);
        }
    }

    private static void delete(Path temporary) {
        if (temporary == null) {
            return;
        }
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new DatasetException("cannot delete " + temporary + "; delete it by hand", e);
        }
    }

    /** Something that reads. */
    private interface Reading<T> {
        T read() throws IOException;
    }
}
