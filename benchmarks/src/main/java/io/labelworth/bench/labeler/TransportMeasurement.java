package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.side.Interleaving;
import io.labelworth.standalone.terminal.Progress;

/** The labeler with a network that costs nothing: what everything else can do. */
final class TransportMeasurement {

    private static final String LABELER = "labeler";

    private final Workspace workspace;
    private final Sizes sizes;
    private final Progress progress;

    TransportMeasurement(Workspace workspace, Sizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    /** Measures labels of so many classes. */
    void run(int classes, Findings findings) throws InterruptedException {
        String name = "classes" + classes;
        try (BenchCluster cluster = BenchCluster.start(workspace, "transport-" + name, classes)) {
            cluster.images().growTo(sizes.transportImages());
            PipelineSide labeler =
                    new PipelineSide(
                            cluster,
                            new Labelers(workspace, cluster, sizes.batch(), FreeLabelerMain.class),
                            sizes,
                            FreeExperts.architecture(classes),
                            1);
            Interleaving sides = new Interleaving();
            sides.add(LABELER, labeler);
            Figure rate =
                    sides.measure("transport." + name, sizes.repetitions(), progress, findings)
                            .get(LABELER);
            findings.figure("transport.labelsPerSecond." + name, rate);
            findings.raw("transport." + name + ".startUpSeconds", new Figure(labeler.startUps()));
        }
    }
}
