package io.labelworth.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the REST API answers: the numbers that pages are compared with. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String origin;

    Answers(String origin) {
        this.origin = origin;
    }

    HttpResponse<byte[]> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(origin + path)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode json(String path) {
        HttpResponse<byte[]> answer = get(path);
        try {
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON at " + path, e);
        }
    }

    /** Items of a table that fulfil a condition. */
    List<JsonNode> items(String path, Predicate<JsonNode> condition) {
        List<JsonNode> items = new ArrayList<>();
        json(path).get("items").forEach(items::add);
        items.removeIf(condition.negate());
        return items;
    }
}
