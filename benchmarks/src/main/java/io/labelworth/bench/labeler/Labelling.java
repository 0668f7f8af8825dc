package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Child;
import io.labelworth.standalone.cli.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Watches labelers label with one checkpoint, as a read_committed reader of the topics. */
final class Labelling {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Longer than labelers take to start, and than the broker needs to miss a dead one. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final BenchCluster cluster;
    private final BenchExpert expert;
    private final CommitLog commits = new CommitLog();

    Labelling(BenchCluster cluster, BenchExpert expert) {
        this.cluster = cluster;
        this.expert = expert;
    }

    /** What was committed so far. */
    CommitLog commits() {
        return commits;
    }

    /** Whether every image has its label. */
    boolean complete() {
        return commits.labelled() >= cluster.images().references();
    }

    /**
     * Watches until a condition holds or everything is labelled.
     *
     * @throws UserException when a labeler dies, an image fails, or nothing moves for long
     */
    void await(List<Child> labelers, Predicate<CommitLog> enough) throws InterruptedException {
        Instant moved = Instant.now();
        long labelled = 0;
        while (true) {
            cluster.readProgress(
                    record -> {
                        if (record.value().readable()
                                && record.value()
                                        .value()
                                        .getLabellingId()
                                        .equals(expert.event().getLabellingId())) {
                            commits.add(record.value().value(), record.timestamp());
                        }
                    });
            labelers.forEach(Child::requireAlive);
            if (commits.hasFailures()) {
                throw new UserException("images could not be labelled; the figures would be wrong");
            }
            if (complete() || enough.test(commits)) {
                return;
            }
            if (commits.labelled() > labelled) {
                labelled = commits.labelled();
                moved = Instant.now();
            } else if (Instant.now().isAfter(moved.plus(PATIENCE))) {
                throw new UserException(
                        "the labeler has committed nothing for " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }
}
