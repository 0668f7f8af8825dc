package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.side.Side;
import io.labelworth.learning.network.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole labeler, from topic to committed label: fresh processes for each repetition, one fresh
 * checkpoint, and the steady state of what they commit. When the images do not last for that, more
 * are ingested and the repetition starts again.
 */
final class PipelineSide implements Side {

    private static final int GROWTH = 2;

    private final BenchCluster cluster;
    private final Labelers labelers;
    private final Sizes sizes;
    private final Architecture architecture;
    private final int processes;
    private final List<Double> startUps = new ArrayList<>();

    /**
     * @param labelers starts them, on this cluster
     * @param architecture network of the experts
     * @param processes labelers side by side
     */
    PipelineSide(
            BenchCluster cluster,
            Labelers labelers,
            Sizes sizes,
            Architecture architecture,
            int processes) {
        this.cluster = cluster;
        this.labelers = labelers;
        this.sizes = sizes;
        this.architecture = architecture;
        this.processes = processes;
    }

    /** Seconds from the start of the processes to the first commit, of each repetition so far. */
    List<Double> startUps() {
        return startUps;
    }

    @Override
    public double imagesPerSecond() throws InterruptedException {
        while (true) {
            BenchExpert expert =
                    BenchExpert.create(
                            cluster.checkpointRoot(), architecture, cluster.nextExpert());
            Labelling labelling = new Labelling(cluster, expert);
            cluster.announce(expert.event());
            long started = System.currentTimeMillis();
            List<Child> running = new ArrayList<>();
            for (int number = 0; number < processes; number++) {
                running.add(labelers.start(number));
            }
            labelling.await(running, this::longEnough);
            labelers.stop(running);
            cluster.retire(expert.event());
            CommitLog commits = labelling.commits();
            if (longEnough(commits)) {
                startUps.add((commits.firstCommit() - started) / 1000.0);
                return commits.rate(sizes.labelerWarmUp());
            }
            cluster.images().growTo(GROWTH * cluster.images().references());
        }
    }

    private boolean longEnough(CommitLog commits) {
        return commits.steady(processes, sizes.labelerWarmUp()).compareTo(sizes.window()) >= 0;
    }
}
