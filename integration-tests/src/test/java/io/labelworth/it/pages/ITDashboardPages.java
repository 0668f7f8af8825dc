package io.labelworth.it.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.labelworth.bench.page.PageReady;
import io.labelworth.it.flow.FlowScenario;
import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.standalone.stack.LocalPaths;
import io.labelworth.standalone.stack.Stack;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every page of the dashboard, in a browser, on what a real expert and real students of the
 * embedded stack have made. The tests run in order: the later ones add results and restart the
 * service.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITDashboardPages {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PAGES =
            List.of(
                    "overview",
                    "frontier",
                    "experts",
                    "runs",
                    "progress",
                    "labels",
                    "ablations",
                    "ablations/hard-vs-soft",
                    "ablations/swap-one");

    private static final Locator.WaitForOptions HIDDEN =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);

    @TempDir static Path directory;

    private static LocalPaths paths;
    private static Dataset dataset;
    private static Stack stack;
    private static Chromium chromium;
    private static String origin;
    private static Answers answers;

    @BeforeAll
    static void runASmallExperiment() throws Exception {
        chromium = Chromium.start();
        paths = new LocalPaths(directory);
        dataset = TinyDataset.create(paths.images(), 60, 20);
        start(0);
        FlowScenario.Pass pass = scenario().run();
        assertThat(pass.failures()).isEmpty();
        await().atMost(PATIENCE)
                .until(() -> answers.json("api/label-worth").get("items").size() > 0);
    }

    private static void start(int port) {
        stack =
                Stack.start(
                        paths,
                        port,
                        TinyDataset.datasets(paths.images().resolve(TinyDataset.NAME)),
                        line -> {});
        origin = stack.dashboardUrl();
        answers = new Answers(origin);
    }

    private static FlowScenario scenario() {
        return new FlowScenario(stack.connection(), paths, dataset);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @AfterEach
    void nothingWentWrong() {
        if (chromium != null) {
            assertThat(chromium.troubles()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "390, light"})
    @Order(1)
    void everyPageHasSomethingToShowAndFitsTheWindow(int width, String theme) {
        try (Page page = chromium.page(origin, width, theme)) {
            for (String id : PAGES) {
                open(page, id);
                page.locator(
                                ".plot-area .main-svg:visible, table tbody tr:visible, .ablation-list:visible, .state:visible")
                        .first()
                        .waitFor();
                assertThat(page.getByTestId("broken").count()).as("%s is broken", id).isZero();
                assertThat(page.getByTestId("connection").textContent()).isEqualTo("live");
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("width of %s", id)
                        .isEqualTo(width);
                page.screenshot(
                        new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(
                                        SCREENSHOTS.resolve(
                                                id.replace('/', '-')
                                                        + "-"
                                                        + width
                                                        + "-"
                                                        + theme
                                                        + ".png")));
            }
        }
    }

    @Test
    @Order(2)
    void overviewHasTheNumbersOfTheApi() {
        try (Page page = chromium.page(origin, 1280, "light")) {
            open(page, "overview");
            page.getByTestId("table-worth").waitFor();
            List<JsonNode> worths = answers.items("api/label-worth", worth -> true);

            assertThat(worths).isNotEmpty();
            for (JsonNode worth : worths) {
                Locator row =
                        row(page, "worth", "imagesPerClass", worth.get("imagesPerClass").asText());
                assertThat(number(row, "softTest"))
                        .isEqualTo(worth.at("/softTest/mean").asDouble());
                assertThat(text(row, "checkpointId")).isEqualTo(worth.get("checkpointId").asText());
            }
        }
    }

    @Test
    @Order(3)
    void ablationListsTheConfigurationsOfTheApiAndItsPlotThem() {
        try (Page page = chromium.page(origin, 1280, "light")) {
            open(page, "ablations");
            page.getByTestId("ablation-hard-vs-soft").click();
            page.getByTestId("table-hard-vs-soft").waitFor();
            List<JsonNode> summaries = answers.items("api/summaries", summary -> true);

            assertThat(page.locator("[data-testid=table-hard-vs-soft] tbody tr").count())
                    .isEqualTo(summaries.size());
            Locator shown = page.locator("[data-testid=table-hard-vs-soft] td[data-column=test]");
            assertThat(
                            shown.all().stream()
                                    .map(
                                            cell ->
                                                    Double.parseDouble(
                                                            cell.getAttribute("data-value"))))
                    .containsExactlyInAnyOrderElementsOf(
                            summaries.stream()
                                    .map(one -> one.at("/test/mean").asDouble())
                                    .toList());
            assertThat(
                            page.evaluate(
                                    "document.querySelector('.plot-area').data.map(trace => trace.x.length)"))
                    .isEqualTo(List.of(FlowScenario.BUDGETS.size(), FlowScenario.BUDGETS.size()));
        }
    }

    @Test
    @Order(4)
    void runsAreFilteredAndOpenToTheirSpec() {
        try (Page page = chromium.page(origin, 1280, "light")) {
            open(page, "runs?regime=hard&imagesPerClass=4");
            page.getByTestId("table-runs").waitFor();
            List<JsonNode> runs =
                    answers.items("api/runs?regime=hard&imagesPerClass=4", run -> true);

            assertThat(runs).hasSize(FlowScenario.SEEDS.size());
            assertThat(page.locator("[data-testid=table-runs] tbody tr").count())
                    .isEqualTo(runs.size());
            String runId = runs.get(0).get("runId").asText();
            page.locator("[data-testid=table-runs] a[title='" + runId + "']").click();
            page.locator("pre[data-testid=spec]").waitFor();
            JsonNode run = answers.json("api/runs/" + runId);
            assertThat(run.at("/result").isMissingNode()).isFalse();
            assertThat(page.url()).contains(runId);
        }
    }

    @Test
    @Order(5)
    void everyLabelOfEveryImageIsThatOfTheTopic() {
        LabelOracle oracle = new LabelOracle(stack.connection().consumers());
        int seen = 0;
        for (int imageClass = 0; imageClass < TinyDataset.CLASSES; imageClass++) {
            for (int rank = 0; rank < FlowScenario.POOL; rank++) {
                Candidate candidate = dataset.candidate(imageClass, rank);
                JsonNode image = answers.json(address(imageClass, rank));
                assertThat(image.get("image").asText()).isEqualTo(candidate.imageId());
                assertThat(image.get("without")).isEmpty();
                for (JsonNode label : image.get("labels")) {
                    double[] expected =
                            oracle.probabilities(
                                    label.get("checkpointId").asText(), candidate.imageId());
                    assertThat(label.get("top")).hasSize(TinyDataset.CLASSES);
                    for (JsonNode entry : label.get("top")) {
                        assertThat(entry.get("probability").asDouble())
                                .isCloseTo(expected[entry.get("class").asInt()], within(1e-6));
                    }
                    seen++;
                }
            }
        }
        assertThat(seen).isEqualTo(oracle.labels());
    }

    @Test
    @Order(6)
    void pictureHasThePixelsOfTheDataset() throws Exception {
        Candidate candidate = dataset.candidate(2, 3);
        HttpResponse<byte[]> answer =
                answers.get("api/images/tiny/" + candidate.imageId() + ".png");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.body()));
        Raster raster = image.getRaster();
        byte[] pixels = new byte[image.getWidth() * image.getHeight()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) raster.getSample(i % image.getWidth(), i / image.getWidth(), 0);
        }
        assertThat(image.getWidth()).isEqualTo(TinyDataset.SIDE);
        assertThat(Sha256.of(pixels)).isEqualTo(candidate.sha256());
    }

    @Test
    @Order(7)
    void whatIsNotThereIsAProblemInWords() {
        Map<String, Integer> asked =
                Map.of(
                        "api/datasets/nothing",
                        404,
                        "api/images/tiny/train-99999.png",
                        404,
                        "api/images/tiny/..%2F..%2Fkafka%2Fsecret.png",
                        404,
                        "api/labels?dataset=tiny",
                        400,
                        "api/labels?dataset=tiny&class=4&rank=0",
                        400,
                        "api/labels?dataset=tiny&class=one&rank=0",
                        400,
                        "api/labels?dataset=tiny&class=0&rank=" + FlowScenario.POOL,
                        404,
                        "api/labels?image=train-00000",
                        400);
        asked.forEach(
                (path, status) -> {
                    HttpResponse<byte[]> answer = answers.get(path);
                    assertThat(answer.statusCode()).as(path).isEqualTo(status);
                    assertThat(answer.headers().firstValue("Content-Type").orElse("none"))
                            .as(path)
                            .startsWith("application/problem+json");
                    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                            .contains("\"detail\":");
                });
    }

    @Test
    @Order(7)
    void pathThatLeadsOutIsRefused() {
        for (String path : List.of("..%2F..%2Fkafka%2Fsecret", "%2Fetc%2Fpasswd", "..%5Csecret")) {
            assertThat(answers.get("api/images/tiny/" + path + ".png").statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
    }

    @Test
    @Order(8)
    void labelsAreWalkedByKeyboardAndKeptInTheAddress() {
        try (Page page = chromium.page(origin, 1280, "light")) {
            open(page, "labels?class=2");
            page.getByTestId("label-sentence").waitFor();
            page.keyboard().press("ArrowRight");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("ArrowLeft");
            page.waitForURL("**/*rank=1*");
            Candidate candidate = dataset.candidate(2, 1);
            page.locator("figcaption", new Page.LocatorOptions().setHasText(candidate.imageId()))
                    .waitFor();
            page.keyboard().press("ArrowUp");
            JsonNode labels = answers.json(address(2, 1)).get("labels");
            JsonNode before = labels.get(labels.size() - 2);
            page.waitForURL("**/*checkpoint=*");

            assertThat(URI.create(page.url()).getFragment())
                    .contains(before.get("checkpointId").asText());
            List<?> bars =
                    (List<?>)
                            page.evaluate(
                                    "[...document.querySelector('[data-testid=bars] .plot-area').data[0].x]");
            for (int i = 0; i < bars.size(); i++) {
                JsonNode entry = before.get("top").get(bars.size() - 1 - i);
                assertThat(((Number) bars.get(i)).doubleValue())
                        .isEqualTo(entry.get("probability").asDouble());
            }
            assertThat(page.evaluate("document.querySelector('.picture img').naturalWidth"))
                    .isEqualTo(TinyDataset.SIDE);
        }
    }

    @Test
    @Order(9)
    void benchmarkMeasuresWhenTheOverviewIsUsable() throws Exception {
        double millis =
                PageReady.millis(URI.create(origin + "#/overview"), PageReady.OVERVIEW, PATIENCE);

        assertThat(millis).isBetween(1.0, (double) PATIENCE.toMillis());
    }

    @Test
    @Order(10)
    void newResultAppearsAndTheConnectionComesBackWithoutAReload() throws Exception {
        try (Page page = chromium.page(origin, 1280, "light")) {
            open(page, "ablations/hard-vs-soft");
            page.evaluate("window.neverReloaded = true");
            Locator hard =
                    page.locator(
                                    "tr:has(td[data-column=labels][data-value='class labels']) td[data-column=test] [title]")
                            .first();
            assertThat(hard.getAttribute("title")).isEqualTo("2 runs");

            scenario().run(List.of(1L, 2L, 3L));

            page.locator("td[data-column=test] [title='3 runs']").first().waitFor();
            assertThat(chromium.troubles()).isEmpty();

            int port = URI.create(origin).getPort();
            stack.close();
            page.getByTestId("connection")
                    .filter(new Locator.FilterOptions().setHasText("lost"))
                    .waitFor();
            start(port);
            page.getByTestId("connection")
                    .filter(new Locator.FilterOptions().setHasText("live"))
                    .waitFor();
            assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
            // The browser says of each try that nobody answered.
            assertThat(chromium.troubles()).allMatch(trouble -> trouble.contains("ERR_"));
        }
    }

    private static void open(Page page, String id) {
        page.navigate(origin + "#/" + id);
        String first = id.replaceFirst("[/?].*", "");
        page.locator("[data-page=" + first + "].page").waitFor();
        page.locator(".page .loading:visible").first().waitFor(HIDDEN);
        page.getByTestId("connection")
                .filter(new Locator.FilterOptions().setHasText("live"))
                .waitFor();
    }

    private static String address(int imageClass, int rank) {
        return "api/labels?dataset=tiny&class=" + imageClass + "&rank=" + rank;
    }

    private static Locator row(Page page, String table, String column, String value) {
        return page.locator(
                String.format(
                        "[data-testid=table-%s] tbody tr:has(td[data-column=%s][data-value='%s'])",
                        table, column, value));
    }

    private static String text(Locator row, String column) {
        return row.locator("td[data-column=" + column + "]").getAttribute("data-value");
    }

    private static double number(Locator row, String column) {
        return Double.parseDouble(text(row, column));
    }
}
