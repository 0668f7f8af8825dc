package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.labeler.LabelerService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labelers killed or frozen with labels sent that are not committed. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelerStopped {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MORE = 20;

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelerStopped(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aLabelerKilledInItsTransactionsLeavesNoGapAndNoDouble() throws Exception {
        // Given a labeler killed twice, with a transaction that nobody ended
        TinyImages images = TinyImages.create(cluster.dataRoot(), "killed", Ingested.PLENTY);
        Ingested ingested = new Ingested(cluster, images);
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "killed", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster)) {
            cluster.announce(expert.event());
            for (int kill = 1; kill <= 2; kill++) {
                ingested.farAhead(watch.labels(expert));
                try (LabelerProcess process = labelings.startProcess("to-be-killed")) {
                    watch.awaitLabels(expert, watch.labels(expert) + 500);
                    process.freezeInTransaction(cluster.state());
                    process.kill();
                }
                assertThat(watch.labels(expert))
                        .as("killed in the middle")
                        .isLessThan(ingested.count());
            }

            // When
            try (LabelerProcess process = labelings.startProcess("to-be-killed")) {
                watch.assertExactly(ingested.refs(), expert);
                labelings.awaitCaughtUp(expert);
            }
        }

        // Then
        labelings.assertLabelledOnce(images, ingested.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, ingested.count());
        cluster.retire(expert.event());
    }

    @Test
    void aFrozenLabelerThatWakesAfterAnotherTookOverDoublesNothingAndGoesOn() throws Exception {
        TinyImages images = TinyImages.create(cluster.dataRoot(), "frozen", Ingested.PLENTY);
        Ingested ingested = new Ingested(cluster, images);
        ingested.farAhead(0);
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "frozen", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerProcess frozen = labelings.startProcess("frozen")) {
            // Given a labeler that froze for longer than its session and its transaction last
            cluster.announce(expert.event());
            watch.awaitLabels(expert, 500);
            frozen.freezeInTransaction(cluster.state());
            try (LabelerService other = labelings.startLabeler("other", 1, 8)) {
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    ingested.ahead(watch.labels(expert));
                                    return watch.workers(expert).contains("labeler.other.0");
                                });
                await().atMost(PATIENCE)
                        .until(() -> !cluster.state().inTransaction(frozen.worker()));
                ingested.farAhead(watch.labels(expert));

                // When it wakes
                frozen.wake();
                watch.assertExactly(ingested.refs(), expert);
                labelings.awaitCaughtUp(expert);
            }

            // Then it labels what comes later
            ingested.add(MORE);
            watch.assertExactly(ingested.refs(), expert);
            labelings.awaitCaughtUp(expert);
            assertThat(frozen.isAlive()).isTrue();
            assertThat(watch.workers(expert)).contains(frozen.worker());
        }
        labelings.assertLabelledOnce(images, ingested.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, ingested.count());
        cluster.retire(expert.event());
    }
}
