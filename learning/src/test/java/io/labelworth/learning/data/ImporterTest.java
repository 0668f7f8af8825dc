package io.labelworth.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.labelworth.learning.testing.TinyDataset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {

    @TempDir private Path folder;

    @Test
    void aFullDiskIsNotTakenForACorruptDownload() throws IOException {
        // Given: Linux's device that is always full
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        ByteArrayInputStream content = new ByteArrayInputStream(packed(new byte[1000]));

        // Then
        try (OutputStream out = Files.newOutputStream(full)) {
            assertThatThrownBy(() -> Importer.unpack(content, true, out, "origin"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
        }
    }

    @Test
    void whatIsUnpackedIsWhatWasPacked() throws IOException {
        // Given
        byte[] content = new byte[200_000];
        content[150_000] = 7;
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        // When
        Importer.unpack(new ByteArrayInputStream(packed(content)), true, out, "origin");

        // Then
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    @Timeout(30)
    void aPublisherThatStallsInTheBodyIsGivenUp() throws IOException {
        // Given: a server that sends the first bytes and no more
        TinyDataset.write(folder, 10, 2);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(packed(new byte[10]), 0, 12);
                    exchange.getResponseBody().flush();
                    awaitQuietly(over);
                    exchange.close();
                });
        server.start();
        URI mirror = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        DatasetSource source = TinyDataset.source(folder, List.of(mirror));
        try {
            // Then
            assertThatThrownBy(
                            () ->
                                    new WebDownload(mirror, Duration.ofSeconds(1), line -> {})
                                            .into(new Importer(source, folder.resolve("imported"))))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("did not end within 1 s");
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
