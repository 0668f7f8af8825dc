package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.learning.network.Architecture;
import io.labelworth.standalone.terminal.Progress;
import java.util.ArrayList;
import java.util.List;

/** Whether a labeler's resident memory stays what it was after its first checkpoint. */
final class MemoryMeasurement {

    private static final int WIDTH = 32;
    private static final double MIB = 1024 * 1024;

    private final Workspace workspace;
    private final Sizes sizes;
    private final Progress progress;

    MemoryMeasurement(Workspace workspace, Sizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    void run(Findings findings) throws InterruptedException {
        Architecture architecture = BenchExpert.convnet(WIDTH, NetworkMeasurement.CLASSES);
        List<Double> resident = new ArrayList<>();
        try (BenchCluster cluster =
                BenchCluster.start(workspace, "memory", NetworkMeasurement.CLASSES)) {
            cluster.images().growTo(sizes.images());
            Labelers labelers = new Labelers(workspace, cluster, sizes.batch());
            Child labeler = labelers.start(0);
            for (int checkpoint = 1; checkpoint <= sizes.checkpoints(); checkpoint++) {
                BenchExpert expert =
                        BenchExpert.create(
                                cluster.checkpointRoot(),
                                architecture,
                                NetworkMeasurement.CODEC,
                                cluster.nextExpert());
                cluster.announce(expert.event());
                new Labelling(cluster, expert).await(List.of(labeler), commits -> false);
                resident.add(labeler.residentBytes() / MIB);
                progress.line(
                        String.format(
                                "memory, checkpoint %d of %d: %.0f MiB",
                                checkpoint, sizes.checkpoints(), resident.get(checkpoint - 1)));
            }
            labelers.stop(List.of(labeler));
        }
        findings.raw("memory.residentMiBAfterEachCheckpoint", new Figure(resident));
        findings.figure(
                "memoryGrowth", Figure.once(resident.get(resident.size() - 1) / resident.get(0)));
    }
}
