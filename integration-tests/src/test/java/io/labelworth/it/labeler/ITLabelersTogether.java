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
    private static final Duration LOOK = Duration.ofMillis(20);

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelersTogether(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aLabelerThatJoinsAndOneThatLeavesInTheMiddleCostAndDoubleNoLabel() throws Exception {
        // Given a labeler that always has work
        TinyImages images = TinyImages.create(cluster.dataRoot(), "shared", Ingested.PLENTY);
        Ingested ingested = new Ingested(cluster, images);
        ingested.ahead(0);
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "shared", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService stays = labelings.startLabeler("stays", 1, 8)) {
            cluster.announce(expert.event());
            watch.awaitLabels(expert, 500);

            // When another joins, and leaves in the middle
            try (LabelerService visits = labelings.startLabeler("visits", 1, 8)) {
                await().pollInterval(LOOK)
                        .atMost(PATIENCE)
                        .until(
                                () -> {
                                    ingested.ahead(watch.labels(expert));
                                    return watch.workers(expert).contains("labeler.visits.0");
                                });
                ingested.farAhead(watch.labels(expert));
            }
            assertThat(watch.labels(expert)).isLessThan(ingested.count());

            // Then
            watch.assertExactly(ingested.refs(), expert);
            labelings.awaitCaughtUp(expert);
        }
        labelings.assertLabelledOnce(images, ingested.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, ingested.count());
        cluster.retire(expert.event());
    }

    @Test
    void ofTwoLabelersOfOneNameOneStopsAndSaysSo() throws Exception {
        // Given two labelers of one name, which always have work
        TinyImages images = TinyImages.create(cluster.dataRoot(), "twins", Ingested.PLENTY);
        Ingested ingested = new Ingested(cluster, images);
        ingested.ahead(0);
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "twins", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService one = labelings.startLabeler("twin", 1, 8);
                LabelerService other = labelings.startLabeler("twin", 1, 8)) {
            cluster.announce(expert.event());

            // When both commit
            await().pollInterval(LOOK)
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                ingested.ahead(watch.labels(expert));
                                return failed(one) || failed(other);
                            });
            watch.assertExactly(ingested.refs(), expert);
            labelings.awaitCaughtUp(expert);

            // Then one has stopped with what to do, the other has done the work
            assertThat(failed(one) && failed(other)).isFalse();
            assertThat((failed(one) ? one : other).health().detail())
                    .contains("another labeler runs under the name twin")
                    .contains("LABELWORTH_INSTANCE");
        }
        labelings.assertLabelledOnce(images, ingested.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, ingested.count());
        cluster.retire(expert.event());
    }

    private static boolean failed(LabelerService labeler) {
        return labeler.health().state() == ServiceState.FAILED;
    }
}
