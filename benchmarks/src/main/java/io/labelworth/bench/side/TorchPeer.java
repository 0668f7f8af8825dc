package io.labelworth.bench.side;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same in plain Python against PyTorch, where there is one.
 *
 * @param python interpreter that has torch
 * @param version of torch
 * @param script what it runs
 */
public record TorchPeer(String python, String version, Path script) {

    /** How to come by what {@link #find} looks for. */
    public static final String MISSING =
            "needs benchmarks/peers and a python3 with torch (Debian: apt-get install"
                    + " python3-torch)";

    /** Says where the peers are: the launcher's property. */
    private static final String HOME = "labelworth.home";

    /** Debian's torch is the system's python3's, whatever comes first on the path. */
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    /**
     * The peer on this machine; empty where python3, torch or the script is missing.
     *
     * @param script its name in benchmarks/peers
     */
    public static Optional<TorchPeer> find(String script) {
        Path path = Path.of(System.getProperty(HOME, "."), "benchmarks", "peers", script);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        for (String python : INTERPRETERS) {
            String version = version(python);
            if (!version.isEmpty()) {
                return Optional.of(new TorchPeer(python, version, path));
            }
        }
        return Optional.empty();
    }

    private static String version(String python) {
        try {
            Process process =
                    new ProcessBuilder(python, "-c", "import torch; print(torch.__version__)")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /**
     * The peer as a side.
     *
     * @param arguments of the script, beside those that follow
     * @param warmUp what is discarded
     * @param window what is measured
     * @param processes processes side by side
     */
    public Side side(
            Workspace workspace,
            List<String> arguments,
            Duration warmUp,
            Duration window,
            int processes) {
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--warm-up", seconds(warmUp)));
        command.addAll(List.of("--seconds", seconds(window)));
        Path log = workspace.directory().resolve("pytorch.log");
        return new ProcessSide(
                workspace,
                "PyTorch peer",
                () -> Child.start("PyTorch peer", command, Map.of(), log),
                processes);
    }

    private static String seconds(Duration duration) {
        return Double.toString(duration.toMillis() / 1000.0);
    }
}
