package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labelers share a group's partitions, hand them over, and notice a double. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelersTogether {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int IMAGES = 12_000;

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelersTogether(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aLabelerThatJoinsAndOneThatLeavesInTheMiddleCostAndDoubleNoLabel() throws Exception {
        // Given a labeler at work
        TinyImages images = TinyImages.create(cluster.dataRoot(), "shared", IMAGES);
        cluster.ingest(images.refs());
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "shared", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService stays = labelings.startLabeler("stays", 1, 8)) {
            cluster.announce(expert.event());
            watch.awaitLabels(expert, 500);

            // When another joins and leaves
            try (LabelerService visits = labelings.startLabeler("visits", 1, 8)) {
                await().atMost(PATIENCE)
                        .until(() -> watch.workers(expert).contains("labeler.visits.0"));
                watch.awaitLabels(expert, watch.labels(expert) + 200);
            }
            assertThat(watch.labels(expert)).as("left in the middle").isLessThan(IMAGES);

            // Then
            watch.assertExactly(images.refs(), expert);
            labelings.awaitCaughtUp(expert);
        }
        labelings.assertLabelledOnce(images, images.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, IMAGES);
        cluster.retire(expert.event());
    }

    @Test
    void ofTwoLabelersOfOneNameOneStopsAndSaysSo() throws Exception {
        // Given two labelers of one name at work on one checkpoint
        TinyImages images = TinyImages.create(cluster.dataRoot(), "twins", IMAGES);
        cluster.ingest(images.refs());
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "twins", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService one = labelings.startLabeler("twin", 1, 8);
                LabelerService other = labelings.startLabeler("twin", 1, 8)) {
            cluster.announce(expert.event());

            // When both commit
            await().atMost(PATIENCE).until(() -> failed(one) || failed(other));
            watch.assertExactly(images.refs(), expert);
            labelings.awaitCaughtUp(expert);

            // Then one has stopped with what to do, the other has done the work
            assertThat(failed(one) && failed(other)).isFalse();
            assertThat((failed(one) ? one : other).health().detail())
                    .contains("another labeler runs under the name twin")
                    .contains("LABELWORTH_INSTANCE");
        }
        labelings.assertLabelledOnce(images, images.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, IMAGES);
        cluster.retire(expert.event());
    }

    private static boolean failed(LabelerService labeler) {
        return labeler.health().state() == ServiceState.FAILED;
    }
}
