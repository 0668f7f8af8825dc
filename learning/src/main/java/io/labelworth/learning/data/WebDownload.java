package io.labelworth.learning.data;

import io.labelworth.learning.data.DatasetSource.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Fetches a dataset's files from a folder on the web, where they lie with the suffix .gz. */
final class WebDownload {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BODY_TIMEOUT = Duration.ofMinutes(10);
    private static final int OK = 200;

    private final URI mirror;
    private final Duration bodyTimeout;
    private final Consumer<String> progress;

    WebDownload(URI mirror, Consumer<String> progress) {
        this(mirror, BODY_TIMEOUT, progress);
    }

    WebDownload(URI mirror, Duration bodyTimeout, Consumer<String> progress) {
        this.mirror = mirror;
        this.bodyTimeout = bodyTimeout;
        this.progress = progress;
    }

    void into(Importer importer) {
        HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
        for (SourceFile file : importer.source().files()) {
            URI uri = mirror.resolve(file.name() + ".gz");
            progress.accept("downloading " + uri);
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(RESPONSE_TIMEOUT).build();
            try {
                HttpResponse<InputStream> response =
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = new DeadlineStream(response.body(), bodyTimeout)) {
                    if (response.statusCode() != OK) {
                        throw new DatasetException(
                                uri + " answers " + response.statusCode() + "; try again later");
                    }
                    importer.take(file, body, true, uri.toString());
                }
            } catch (IOException e) {
                throw new DatasetException(
                        uri + " cannot be reached (" + e.getMessage() + "); check the network", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatasetException("downloading " + uri + " was interrupted", e);
            }
        }
    }
}
