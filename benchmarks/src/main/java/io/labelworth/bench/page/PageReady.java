package io.labelworth.bench.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Opens a page in a headless Chromium with an empty cache, and measures on the page's own clock
 * from the start of the navigation until what it is for is there: for the overview the headline and
 * the plot.
 */
public final class PageReady {

    /** Debian's. */
    public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** What makes the overview usable: the number, and the plot drawn. */
    public static final List<String> OVERVIEW =
            List.of("[data-testid=headline-number]", "[data-testid=plot-accuracy] .main-svg");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private PageReady() {}

    /** Whether it can be measured on this machine. */
    public static boolean possible() {
        return Files.isExecutable(CHROMIUM);
    }

    /**
     * Milliseconds from the start of the navigation until every selector finds a visible element.
     *
     * @param patience after which it is given up
     * @throws IllegalStateException when the browser does not start, or the page is not ready in
     *     time
     */
    public static double millis(URI page, List<String> selectors, Duration patience)
            throws IOException {
        Path profile = Files.createTempDirectory("labelworth-page");
        Process browser = start(profile);
        try (DevTools tools = new DevTools(firstPage(browser, profile))) {
            tools.ask("Page.enable", Map.of());
            tools.ask("Page.addScriptToEvaluateOnNewDocument", Map.of("source", watch(selectors)));
            tools.ask("Page.navigate", Map.of("url", page.toString()));
            return within(
                            patience,
                            page + " was not ready",
                            () ->
                                    tools.ask(
                                                    "Runtime.evaluate",
                                                    Map.of("expression", "window.pageReady"))
                                            .at("/result/value"))
                    .asDouble();
        } finally {
            end(browser);
            delete(profile);
        }
    }

    private static Process start(Path profile) throws IOException {
        return new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--window-size=1280,900",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The browser writes its port to its profile once it listens. */
    private static URI firstPage(Process browser, Path profile) {
        JsonNode address =
                within(
                        START_PATIENCE,
                        CHROMIUM + " did not start",
                        () -> {
                            if (!browser.isAlive()) {
                                throw new IllegalStateException(
                                        CHROMIUM + " ended with " + browser.exitValue());
                            }
                            return pageOf(profile.resolve("DevToolsActivePort"));
                        });
        return URI.create(address.asText());
    }

    private static JsonNode pageOf(Path portFile) {
        try {
            int port = Integer.parseInt(Files.readAllLines(portFile).get(0));
            URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
            for (JsonNode target : JSON.readTree(list.toURL())) {
                if (target.path("type").asText().equals("page")) {
                    return target.path("webSocketDebuggerUrl");
                }
            }
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // Not yet; whoever waits knows for how long.
        }
        return JSON.missingNode();
    }

    /** Runs in the page, before its own scripts; looks at each frame, as a reader does. */
    private static String watch(List<String> selectors) {
        return """
                (() => {
                  const wanted = %s;
                  const there = (selector) => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length);
                  const look = () => {
                    if (wanted.every(there)) window.pageReady = performance.now();
                    else requestAnimationFrame(look);
                  };
                  requestAnimationFrame(look);
                })()"""
                .formatted(JSON.valueToTree(selectors));
    }

    private static JsonNode within(Duration patience, String failure, Supplier<JsonNode> look) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode found = look.get();
            if (!found.isMissingNode() && !found.isNull()) {
                return found;
            }
            pause();
        }
        throw new IllegalStateException(failure + " within " + patience.toSeconds() + " s");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void end(Process browser) {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        browser.onExit().join();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
