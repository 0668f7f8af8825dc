package io.labelworth.bench.trainer;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.Target;
import io.labelworth.bench.side.TorchPeer;
import io.labelworth.standalone.terminal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The measurements of {@code bench trainer}, one after the other, never two at a time. */
public final class TrainerBench {

    private static final List<Integer> BUDGETS = List.of(1, 10, 50);
    private static final int NARROW = 32;
    private static final int WIDE = 128;

    private static final double NARROW_OVER_PEER = 1.3;
    private static final double WIDE_OVER_PEER = 1.0;

    private static final String PEER = "convnet_train.py";

    private final Workspace workspace;
    private final TrainerSizes sizes;
    private final Progress progress;

    /** Measurements in one workspace. */
    public TrainerBench(Workspace workspace, TrainerSizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    /** What a trainer at full strength reaches. */
    public static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (int budget : BUDGETS) {
            targets.add(students(budget, NARROW, NARROW_OVER_PEER));
            targets.add(students(budget, WIDE, WIDE_OVER_PEER));
        }
        targets.add(new Target("expertOverPeer", "experts over PyTorch's, width 128", true, 1.2));
        targets.add(
                new Target(
                        "overheadShare",
                        "part of a step outside the network, width 128",
                        false,
                        0.1));
        targets.add(new Target("assemblySeconds", "assembly of 200,000 labels, seconds", false, 5));
        targets.add(
                new Target("assemblyHeapMiB", "assembly of 200,000 labels, heap MiB", false, 1024));
        return List.copyOf(targets);
    }

    private static Target students(int budget, int width, double bound) {
        return new Target(
                "studentsOverPeer.ipc" + budget + ".width" + width,
                "students over PyTorch's, IPC " + budget + ", width " + width,
                true,
                bound);
    }

    /**
     * Measures.
     *
     * @throws io.labelworth.standalone.cli.UserException when something measured fails
     */
    public Findings run(Set<TrainerMeasurement> wanted) throws InterruptedException {
        Findings findings = new Findings();
        if (wanted.contains(TrainerMeasurement.STUDENTS)
                || wanted.contains(TrainerMeasurement.EXPERT)) {
            Optional<TorchPeer> peer = TorchPeer.find(PEER);
            if (peer.isPresent()) {
                findings.version("pytorch", peer.get().version());
                againstPeer(
                        wanted,
                        new TrainingMeasurement(workspace, sizes, peer.get(), progress),
                        findings);
            } else {
                findings.skipped("studentsOverPeer", TorchPeer.MISSING);
                findings.skipped("expertOverPeer", TorchPeer.MISSING);
            }
        }
        if (wanted.contains(TrainerMeasurement.OVERHEAD)) {
            new OverheadMeasurement(workspace, sizes, progress).run(findings);
        }
        if (wanted.contains(TrainerMeasurement.ASSEMBLY)) {
            new AssemblyMeasurement(workspace, sizes, progress).run(findings);
        }
        return findings;
    }

    private static void againstPeer(
            Set<TrainerMeasurement> wanted, TrainingMeasurement trainings, Findings findings)
            throws InterruptedException {
        if (wanted.contains(TrainerMeasurement.STUDENTS)) {
            for (int budget : BUDGETS) {
                trainings.students(budget, NARROW, findings);
                trainings.students(budget, WIDE, findings);
            }
        }
        if (wanted.contains(TrainerMeasurement.EXPERT)) {
            trainings.experts(WIDE, findings);
        }
    }
}
