package io.labelworth.it.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/** This machine's Chromium without a window, and what went wrong on the pages it has open. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MS = 30_000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setArgs(
                                                List.of(
                                                        "--disable-background-networking",
                                                        "--disable-component-update")));
    }

    /** Starts it; skips the test, loudly, where it is not installed. */
    static Chromium start() {
        if (!Files.isExecutable(PROGRAM)) {
            String message =
                    "NOT JUDGED: chromium is not installed; the dashboard was not opened; apt-get"
                            + " install chromium";
            // A skipped test is a number in Maven's output; its reason would be in a report only.
            System.err.println(message);
            Assumptions.abort(message);
        }
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(playwright);
        } catch (PlaywrightException e) {
            playwright.close();
            throw e;
        }
    }

    /**
     * A page in a context of its own, whose errors and requests to other hosts are noted.
     *
     * @param origin the only place it may ask, as http://127.0.0.1:8088/
     * @param width of the window in CSS pixels
     */
    Page page(String origin, int width, String theme) {
        BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900));
        // The empty page before the first has no storage.
        context.addInitScript(
                "if (location.protocol === 'http:') localStorage.setItem('theme', '"
                        + theme
                        + "')");
        context.setDefaultTimeout(PATIENCE_MS);
        context.onRequest(
                request -> {
                    String url = request.url();
                    if (!url.startsWith(origin) && !url.matches("(data|blob):.*")) {
                        troubles.add("asked another host: " + url);
                    }
                });
        context.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        troubles.add(message.page().url() + " said: " + message.text());
                    }
                });
        context.onWebError(error -> troubles.add("failed: " + error.error()));
        return context.newPage();
    }

    /** What went wrong since the last call. */
    List<String> troubles() {
        List<String> noted = List.copyOf(troubles);
        troubles.clear();
        return noted;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
