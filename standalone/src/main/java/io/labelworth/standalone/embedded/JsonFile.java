package io.labelworth.standalone.embedded;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A small JSON document on disk that readers see whole or not at all.
 *
 * @param path the file
 * @param type record type of the document
 * @param <T> record type of the document
 */
record JsonFile<T>(Path path, Class<T> type) {

    /** Replaces the document. */
    void write(T document) {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.write(
                    next, mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
            Files.move(
                    next,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EmbeddedClusterException(
                    "cannot write " + path + " (" + e + "); free some space or make it writable",
                    e);
        }
    }

    /** The document; empty when the file is not there or is not one, since a start rewrites it. */
    Optional<T> read() {
        try {
            return Optional.of(mapper().readValue(Files.readAllBytes(path), type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    }
}
