package io.labelworth.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.labelworth.learning.testing.TinyDataset;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";

    @TempDir private Path folder;
    private Path published;
    private Path root;
    private Datasets datasets;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void publish() {
        published = folder.resolve("published");
        root = folder.resolve("root");
        TinyDataset.write(published, 10, 2);
        datasets = TinyDataset.datasets(published);
    }

    @Test
    void filesOfTheUsersAreTakenPackedOrNot() throws IOException {
        // Given
        pack(published.resolve(TRAIN_IMAGES));

        // When
        Dataset dataset =
                datasets.fetch(TinyDataset.NAME, root, Optional.of(published), progress::add);

        // Then
        assertThat(dataset.train().size()).isEqualTo(36);
        assertThat(progress).hasSize(1);
        assertThat(files()).hasSize(4).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void whatIsThereIsNotFetchedAgain() {
        // Given
        datasets.fetch(TinyDataset.NAME, root, Optional.of(published), progress::add);
        progress.clear();

        // When
        datasets.fetch(TinyDataset.NAME, root, Optional.empty(), progress::add);

        // Then
        assertThat(progress).isEmpty();
    }

    @Test
    void aFileThatIsNotThePublishedOneIsRefusedAndLeavesNothing() throws IOException {
        // Given
        byte[] content = Files.readAllBytes(published.resolve(TRAIN_IMAGES));
        content[100]++;
        Files.write(published.resolve(TRAIN_IMAGES), content);

        // Then
        assertThatThrownBy(
                        () ->
                                datasets.fetch(
                                        TinyDataset.NAME,
                                        root,
                                        Optional.of(published),
                                        progress::add))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("wrong SHA-256")
                .hasMessageNotContaining("\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void aBrokenArchiveIsRefusedAndLeavesNothing() throws IOException {
        // Given
        Path packed = pack(published.resolve(TRAIN_IMAGES));
        byte[] content = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(content, content.length / 2));

        // Then
        assertThatThrownBy(
                        () ->
                                datasets.fetch(
                                        TinyDataset.NAME,
                                        root,
                                        Optional.of(published),
                                        progress::add))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("cannot unpack");
        assertThat(files()).isEmpty();
    }

    @Test
    void aCorruptCacheIsFoundWhenOpened() throws IOException {
        // Given
        datasets.fetch(TinyDataset.NAME, root, Optional.of(published), progress::add);
        Files.write(root.resolve(TinyDataset.NAME).resolve(TRAIN_IMAGES), new byte[10]);

        // Then
        assertThatThrownBy(() -> datasets.open(TinyDataset.NAME, root))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("corrupt")
                .hasMessageContaining("delete it");
    }

    @Test
    void aDatasetThatIsNotThereSaysHowToGetIt() {
        assertThatThrownBy(() -> datasets.open(TinyDataset.NAME, root))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("labelworth ingest tiny");
    }

    @Test
    void anUnknownDatasetNamesTheKnownOnes() {
        assertThatThrownBy(() -> new Datasets().open("imagenet", root))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("imagenet")
                .hasMessageContaining("fashion-mnist");
    }

    @Test
    void aFileThatTheUsersFolderLacksIsNamed() throws IOException {
        // Given
        Files.delete(published.resolve(TRAIN_IMAGES));

        // Then
        assertThatThrownBy(
                        () ->
                                datasets.fetch(
                                        TinyDataset.NAME,
                                        root,
                                        Optional.of(published),
                                        progress::add))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(TRAIN_IMAGES);
    }

    @Test
    void thePublishersFilesAreDownloaded() throws IOException {
        // Given
        HttpServer server = serve(200);
        try {
            // When
            Dataset dataset =
                    fromWeb(server).fetch(TinyDataset.NAME, root, Optional.empty(), progress::add);

            // Then
            assertThat(dataset.test().size()).isEqualTo(8);
            assertThat(progress).hasSize(4);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPublisherThatFailsIsNamedAndLeavesNothing() throws IOException {
        // Given
        HttpServer server = serve(503);
        try {
            // Then
            assertThatThrownBy(
                            () ->
                                    fromWeb(server)
                                            .fetch(
                                                    TinyDataset.NAME,
                                                    root,
                                                    Optional.empty(),
                                                    progress::add))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("503")
                    .hasMessageContaining("--source");
            assertThat(files()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToEndsTheFetchAtOnce() throws IOException {
        // Given: two mirrors, and a link to nowhere where the dataset's folder belongs
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve(TinyDataset.NAME), folder.resolve("nowhere"));
        HttpServer server = serve(200);
        try {
            // Then
            assertThatThrownBy(
                            () ->
                                    fromWeb(server, server)
                                            .fetch(
                                                    TinyDataset.NAME,
                                                    root,
                                                    Optional.empty(),
                                                    progress::add))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining(root.resolve(TinyDataset.NAME).toString())
                    .hasMessageContaining("free some space")
                    .hasMessageNotContaining("\n");
            assertThat(progress).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void everyWayThatWasTriedIsNamedWhenNoneWorked() throws IOException {
        // Given
        HttpServer busy = serve(503);
        HttpServer gone = serve(404);
        try {
            // Then
            assertThatThrownBy(
                            () ->
                                    fromWeb(busy, gone)
                                            .fetch(
                                                    TinyDataset.NAME,
                                                    root,
                                                    Optional.empty(),
                                                    progress::add))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("answers 503")
                    .hasMessageContaining("answers 404")
                    .hasMessageNotContaining("\n");
        } finally {
            busy.stop(0);
            gone.stop(0);
        }
    }

    private Datasets fromWeb(HttpServer... servers) {
        List<URI> mirrors =
                Stream.of(servers)
                        .map(server -> "http://localhost:" + server.getAddress().getPort() + "/")
                        .map(URI::create)
                        .toList();
        return new Datasets(List.of(TinyDataset.source(published, mirrors)));
    }

    private HttpServer serve(int status) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(any, 0);
        server.createContext(
                "/",
                exchange -> {
                    String name = exchange.getRequestURI().getPath().substring(1);
                    exchange.sendResponseHeaders(status, 0);
                    try (OutputStream body = new GZIPOutputStream(exchange.getResponseBody())) {
                        Files.copy(published.resolve(name.replace(".gz", "")), body);
                    }
                });
        server.start();
        return server;
    }

    private List<String> files() throws IOException {
        Path cache = root.resolve(TinyDataset.NAME);
        if (Files.notExists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Path pack(Path file) throws IOException {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        Files.delete(file);
        return packed;
    }
}
