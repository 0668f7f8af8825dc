package io.labelworth.analytics.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceEndpoint;
import io.labelworth.kafka.ServiceState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTest {

    /** A row of each kind of value. */
    private record Tree(String name, int height, Double girth, Leaf leaf, List<String> birds) {}

    private record Leaf(String form) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final ConcurrentSkipListMap<String, Tree> trees = new ConcurrentSkipListMap<>();
    private ServiceEndpoint endpoint;

    @BeforeEach
    void start() {
        Table<Tree> table =
                Table.of("trees", "Trees", Tree.class, () -> trees)
                        .with(Filter.text("leaf", "form of its leaves", t -> t.leaf().form()))
                        .with(Filter.number("height", "how high it is", Tree::height))
                        .with(Filter.prefix("q", "beginning of its name", Tree::name));
        endpoint =
                new ServiceEndpoint(
                        HttpAddress.loopback(0),
                        metrics,
                        () -> List.of(new Health(ServiceState.RUNNING, "test")),
                        config -> config.routes.get(table.path(), table.handler()));
        endpoint.start();
        for (String name : List.of("oak", "ash", "elm", "fir", "yew")) {
            plant(name, name.length());
        }
    }

    @AfterEach
    void stop() {
        endpoint.close();
        metrics.close();
    }

    @Test
    void pagesTogetherHaveEachRowOnceThoughOthersComeAndGo() throws Exception {
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = Json.parse(get("/api/trees?limit=2" + after).body());
            page.get("items").forEach(tree -> seen.add(tree.get("name").asText()));
            trees.remove("elm");
            plant("alder", 1);
            after = page.get("next").isNull() ? null : "&after=" + page.get("next").asText();
        } while (after != null);

        assertThat(seen).containsExactly("ash", "elm", "fir", "oak", "yew");
    }

    @Test
    void filtersLeaveTheRowsThatHaveAllOfIt() throws Exception {
        plant("aspen", 9);

        JsonNode page = Json.parse(get("/api/trees?q=a&height=9&leaf=round").body());

        assertThat(page.get("items").findValuesAsText("name")).containsExactly("aspen");
        assertThat(page.get("next").isNull()).isTrue();
    }

    @Test
    void whatNobodyCanAskForIsAProblemThatSaysWhatCanBe() throws Exception {
        for (String query :
                List.of(
                        "colour=green",
                        "height=tall",
                        "height=-1",
                        "limit=0",
                        "limit=10001",
                        "limit=many",
                        "after=%25",
                        "after=*",
                        "format=xml",
                        "format=csv&limit=3",
                        "q=a&q=b")) {
            HttpResponse<String> response = get("/api/trees?" + query);

            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
        }
        assertThat(get("/api/trees?colour=green").body())
                .contains("there is no parameter colour here, only after, format, height, leaf");
    }

    @Test
    void whoHasItAlreadyIsNotSentItAgainUntilItChanges() throws Exception {
        String tag = get("/api/trees").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = get("/api/trees", "If-None-Match", "\"other\", " + tag);
        plant("lime", 4);
        HttpResponse<String> changed = get("/api/trees", "If-None-Match", tag);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    @Test
    void downloadsHaveAllRowsAndQuoteWhatCsvMustQuote() throws Exception {
        trees.clear();
        trees.put("a", new Tree("a, \"the\" oak", 3, 0.5, new Leaf("round"), List.of("x", "y")));
        trees.put("b", new Tree("b", 4, null, new Leaf(null), List.of()));

        HttpResponse<String> csv = get("/api/trees?format=csv");
        HttpResponse<String> json = get("/api/trees?format=json&q=b");

        assertThat(csv.body())
                .isEqualTo(
                        "name,height,girth,leaf.form,birds\r\n"
                                + "\"a, \"\"the\"\" oak\",3,0.5,round,x;y\r\n"
                                + "b,4,,,\r\n");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"labelworth-trees.csv\"");
        assertThat(Json.parse(json.body()).findValuesAsText("name")).containsExactly("b");
    }

    private void plant(String name, int height) {
        trees.put(name, new Tree(name, height, null, new Leaf("round"), List.of()));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
