package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same network in plain Python against PyTorch, where there is one.
 *
 * @param python interpreter that has torch
 * @param version of torch
 * @param script what it runs
 */
record TorchPeer(String python, String version, Path script) {

    /** Says where the peers are: the launcher's property. */
    private static final String HOME = "labelworth.home";

    /** Debian's torch is the system's python3's, whatever comes first on the path. */
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    /** The peer on this machine; empty where python3, torch or the script is missing. */
    static Optional<TorchPeer> find() {
        Path script =
                Path.of(System.getProperty(HOME, "."), "benchmarks", "peers", "convnet_forward.py");
        if (!Files.isRegularFile(script)) {
            return Optional.empty();
        }
        for (String python : INTERPRETERS) {
            String version = version(python);
            if (!version.isEmpty()) {
                return Optional.of(new TorchPeer(python, version, script));
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

    /** The peer as a side. */
    Side side(Workspace workspace, int width, int classes, Sizes sizes) {
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(List.of("--width", Integer.toString(width)));
        command.addAll(List.of("--classes", Integer.toString(classes)));
        command.addAll(List.of("--batch", Integer.toString(sizes.batch())));
        command.addAll(List.of("--warm-up", seconds(sizes.warmUp().toMillis())));
        command.addAll(List.of("--seconds", seconds(sizes.window().toMillis())));
        Path log = workspace.directory().resolve("pytorch.log");
        return new ForwardSide(
                workspace, () -> Child.start("PyTorch peer", command, Map.of(), log), 1);
    }

    private static String seconds(long millis) {
        return Double.toString(millis / 1000.0);
    }
}
