package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.side.Interleaving;
import io.labelworth.bench.side.Side;
import io.labelworth.labeler.LabelerMain;
import io.labelworth.learning.network.Architecture;
import io.labelworth.standalone.terminal.Progress;
import java.util.Map;

/**
 * Two labelers of one thread over one, divided by the same ratio of the bare forward pass: what two
 * processes take from each other on this machine anyway is not the labeler's fault.
 */
final class TwoProcessMeasurement {

    private static final int WIDTH = 128;
    private static final int IMAGES = 25_000;
    private static final String NAME = "twoProcess";

    private final Workspace workspace;
    private final Sizes sizes;
    private final Progress progress;

    TwoProcessMeasurement(Workspace workspace, Sizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    void run(Findings findings) throws InterruptedException {
        try (BenchCluster cluster =
                BenchCluster.start(workspace, NAME, NetworkMeasurement.CLASSES)) {
            cluster.images().growTo(IMAGES);
            Interleaving sides = new Interleaving();
            sides.add("oneLabeler", labelers(cluster, 1));
            sides.add("twoLabelers", labelers(cluster, 2));
            sides.add("oneForward", forwards(1));
            sides.add("twoForwards", forwards(2));
            Map<String, Figure> rates =
                    sides.measure(NAME, sizes.repetitions(), progress, findings);
            rates.forEach(
                    (side, rate) -> findings.raw(NAME + "." + side + ".imagesPerSecond", rate));
            findings.figure(
                    "twoProcessSpeedup",
                    rates.get("twoLabelers")
                            .over(rates.get("oneLabeler"))
                            .over(rates.get("twoForwards").over(rates.get("oneForward"))));
        }
    }

    private Side labelers(BenchCluster cluster, int processes) {
        Architecture architecture = BenchExpert.convnet(WIDTH, NetworkMeasurement.CLASSES);
        return new PipelineSide(
                cluster,
                new Labelers(workspace, cluster, sizes.batch(), LabelerMain.class),
                sizes,
                architecture,
                processes);
    }

    private Side forwards(int processes) {
        return NetworkMeasurement.forwards(workspace, sizes, WIDTH, processes);
    }
}
