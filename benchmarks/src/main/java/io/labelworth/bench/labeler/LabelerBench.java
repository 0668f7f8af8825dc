package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.Target;
import io.labelworth.bench.side.TorchPeer;
import io.labelworth.standalone.terminal.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The measurements of {@code bench labeler}, one after the other, never two at a time. */
public final class LabelerBench {

    private static final List<Integer> WIDTHS = List.of(128, 32);
    private static final String FORWARD_OVER_PYTORCH = "forwardOverPyTorch";
    private static final String PYTORCH = "pytorch";

    /** What a labeler at full strength reaches. */
    public static final List<Target> TARGETS =
            List.of(
                    new Target(
                            "pipelineOverForward.width128",
                            "whole pipeline over forward pass, width 128",
                            true,
                            0.95),
                    new Target(
                            "pipelineOverForward.width32",
                            "whole pipeline over forward pass, width 32",
                            true,
                            0.80),
                    new Target(
                            FORWARD_OVER_PYTORCH,
                            "forward pass over PyTorch's (worse width)",
                            true,
                            1),
                    new Target(
                            "transport.labelsPerSecond.classes10",
                            "transport alone, labels/s, 10 classes fp16",
                            true,
                            100_000),
                    new Target(
                            "transport.labelsPerSecond.classes1000",
                            "transport alone, labels/s, 1000 classes fp16",
                            true,
                            25_000),
                    new Target(
                            "twoProcessSpeedup",
                            "two labelers over one, over forward's",
                            true,
                            0.95),
                    new Target(
                            "memoryGrowth",
                            "resident memory, last checkpoint over first",
                            false,
                            1.05));

    private final Workspace workspace;
    private final Sizes sizes;
    private final Progress progress;

    /** Measurements in one workspace. */
    public LabelerBench(Workspace workspace, Sizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws io.labelworth.standalone.cli.UserException when something measured fails
     */
    public Findings run(Set<Measurement> wanted) throws InterruptedException {
        Findings findings = new Findings();
        networks(wanted, findings);
        if (wanted.contains(Measurement.TRANSPORT)) {
            TransportMeasurement transport = new TransportMeasurement(workspace, sizes, progress);
            transport.run(10, findings);
            transport.run(1000, findings);
        }
        if (wanted.contains(Measurement.TWO_PROCESS)) {
            new TwoProcessMeasurement(workspace, sizes, progress).run(findings);
        }
        if (wanted.contains(Measurement.MEMORY)) {
            new MemoryMeasurement(workspace, sizes, progress).run(findings);
        }
        return findings;
    }

    private void networks(Set<Measurement> wanted, Findings findings) throws InterruptedException {
        boolean pipeline = wanted.contains(Measurement.PIPELINE);
        Optional<TorchPeer> peer = Optional.empty();
        if (wanted.contains(Measurement.FORWARD)) {
            peer = TorchPeer.find("convnet_forward.py");
            peer.ifPresent(torch -> findings.version(PYTORCH, torch.version()));
            if (peer.isEmpty()) {
                findings.skipped(FORWARD_OVER_PYTORCH, TorchPeer.MISSING);
            }
        }
        if (pipeline || wanted.contains(Measurement.FORWARD)) {
            NetworkMeasurement networks = new NetworkMeasurement(workspace, sizes, progress);
            for (int width : WIDTHS) {
                networks.run(width, pipeline, peer, findings);
            }
        }
        if (peer.isPresent()) {
            worseWidth(findings);
        }
    }

    /** One figure for PyTorch: that of the width at which this forward pass compares worse. */
    private static void worseWidth(Findings findings) {
        int worse = WIDTHS.get(0);
        for (int width : WIDTHS) {
            if (overPyTorch(findings, width).median() < overPyTorch(findings, worse).median()) {
                worse = width;
            }
        }
        findings.figure(FORWARD_OVER_PYTORCH, overPyTorch(findings, worse));
        findings.note(
                FORWARD_OVER_PYTORCH,
                "PyTorch " + findings.versions().get(PYTORCH) + ": the worse width is " + worse);
    }

    private static Figure overPyTorch(Findings findings, int width) {
        return findings.figures().get(FORWARD_OVER_PYTORCH + ".width" + width);
    }
}
