package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Jvm;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.side.Interleaving;
import io.labelworth.bench.side.ProcessSide;
import io.labelworth.bench.side.Side;
import io.labelworth.bench.side.TorchPeer;
import io.labelworth.labeler.LabelerMain;
import io.labelworth.learning.network.Architecture;
import io.labelworth.standalone.terminal.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole pipeline, the bare forward pass and PyTorch's, of one network, measured in turn. */
final class NetworkMeasurement {

    static final int CLASSES = 10;

    /** References to start with, times the width: half a minute for one core of 2020. */
    private static final int IMAGES_BY_WIDTH = 3_000_000;

    private static final String PIPELINE = "pipeline";
    private static final String FORWARD = "forward";
    private static final String PYTORCH = "pytorch";
    private static final String RATE = ".imagesPerSecond";

    private final Workspace workspace;
    private final Sizes sizes;
    private final Progress progress;

    NetworkMeasurement(Workspace workspace, Sizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    /**
     * Measures the network of one width.
     *
     * @param pipeline whether the pipeline is measured
     * @param peer PyTorch, where it is measured
     */
    void run(int width, boolean pipeline, Optional<TorchPeer> peer, Findings findings)
            throws InterruptedException {
        String name = "width" + width;
        Interleaving sides = new Interleaving();
        if (!pipeline) {
            addForward(sides, width, peer);
            report(name, sides, findings);
            return;
        }
        try (BenchCluster cluster = BenchCluster.start(workspace, name, CLASSES)) {
            cluster.images().growTo(IMAGES_BY_WIDTH / width);
            PipelineSide labeler =
                    new PipelineSide(
                            cluster,
                            new Labelers(workspace, cluster, sizes.batch(), LabelerMain.class),
                            sizes,
                            BenchExpert.convnet(width, CLASSES),
                            1);
            sides.add(PIPELINE, labeler);
            addForward(sides, width, peer);
            report(name, sides, findings);
            findings.raw(name + ".startUpSeconds", new Figure(labeler.startUps()));
        }
    }

    private void addForward(Interleaving sides, int width, Optional<TorchPeer> peer) {
        sides.add(FORWARD, forwards(workspace, sizes, width, 1));
        peer.ifPresent(
                torch ->
                        sides.add(
                                PYTORCH,
                                torch.side(
                                        workspace,
                                        arguments(width),
                                        sizes.warmUp(),
                                        sizes.window(),
                                        1)));
    }

    private void report(String name, Interleaving sides, Findings findings)
            throws InterruptedException {
        Map<String, Figure> rates = sides.measure(name, sizes.repetitions(), progress, findings);
        rates.forEach((side, rate) -> findings.raw(name + "." + side + RATE, rate));
        Figure forward = rates.get(FORWARD);
        if (rates.containsKey(PIPELINE)) {
            findings.figure("pipelineOverForward." + name, rates.get(PIPELINE).over(forward));
        }
        if (rates.containsKey(PYTORCH)) {
            findings.figure("forwardOverPyTorch." + name, forward.over(rates.get(PYTORCH)));
        }
    }

    private List<String> arguments(int width) {
        return List.of(
                "--width",
                Integer.toString(width),
                "--classes",
                Integer.toString(CLASSES),
                "--batch",
                Integer.toString(sizes.batch()));
    }

    /** The bare forward pass of the network of one width, in so many processes. */
    static Side forwards(Workspace workspace, Sizes sizes, int width, int processes) {
        Path directory = workspace.directory();
        Architecture architecture = BenchExpert.convnet(width, CLASSES);
        BenchExpert expert = BenchExpert.create(directory.resolve("forward"), architecture, width);
        List<String> arguments =
                List.of(
                        expert.file().toString(),
                        expert.event().getSha256(),
                        architecture.toString(),
                        Integer.toString(sizes.batch()),
                        Double.toString(sizes.warmUp().toMillis() / 1000.0),
                        Double.toString(sizes.window().toMillis() / 1000.0));
        return new ProcessSide(
                workspace,
                "forward pass",
                () ->
                        Child.start(
                                "forward pass",
                                Jvm.running(ForwardMain.class, arguments),
                                Map.of(),
                                directory.resolve("forward.log")),
                processes);
    }
}
