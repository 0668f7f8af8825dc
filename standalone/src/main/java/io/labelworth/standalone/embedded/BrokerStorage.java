package io.labelworth.standalone.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Formats the broker's storage, once. */
final class BrokerStorage {

    private BrokerStorage() {}

    /**
     * Formats a directory that is not there yet; one that is there is never touched. Formatting
     * happens beside it and is moved into place at the end, so that a crash leaves all or nothing.
     *
     * @param storage the broker's storage directory
     * @throws Exception what Kafka's formatter throws
     */
    static void formatIfNew(Path storage) throws Exception {
        if (Files.exists(storage)) {
            return;
        }
        Path unfinished = storage.resolveSibling(storage.getFileName() + ".formatting");
        deleteTree(unfinished);
        new Formatter()
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(unfinished.toString()))
                .setMetadataLogDirectory(unfinished.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                // Trainers take their runs through share groups (KIP-932).
                .setFeatureLevel("share.version", (short) 1)
                .run();
        Files.move(unfinished, storage, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
