package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Labelers share a group's partitions, take over from each other, and notice a double. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelersTogether {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelersTogether(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aLabelerThatJoinsAndOneThatLeavesInTheMiddleCostAndDoubleNoLabel() throws Exception {
        // Given a labeler at work
        TinyImages images = TinyImages.create(cluster.dataRoot(), "shared", 1200);
        cluster.ingest(images.refs());
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "shared", 1);
        cluster.announce(expert.event());
        LabelerService first = labelings.startLabeler("first", 1, 8);
        await().atMost(PATIENCE).until(() -> labelings.labelled(expert) > 50);

        // When another joins, and the first leaves
        try (LabelerService second = labelings.startLabeler("second", 1, 8)) {
            await().atMost(PATIENCE).until(() -> workers(expert).contains("labeler.second.0"));
            first.close();
            labelings.awaitCaughtUp(expert);
        }

        // Then
        assertThat(workers(expert)).contains("labeler.second.0");
        labelings.assertLabelledOnce(images, images.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, 1200);
        cluster.retire(expert.event());
    }

    @Test
    void aGroupWhoseOffsetsAreGoneGoesOnWhereProgressIs() throws Exception {
        // Given a labelling that is done, and whose group has expired
        TinyImages images = TinyImages.create(cluster.dataRoot(), "expired", 60);
        cluster.ingest(images.refs().subList(0, 40));
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "expired", 1);
        cluster.announce(expert.event());
        try (LabelerService labeler = labelings.startLabeler(1)) {
            labelings.awaitCaughtUp(expert);
        }
        cluster.deleteGroup(expert.group());

        // When images arrive
        cluster.ingest(images.refs().subList(40, 60));
        try (LabelerService labeler = labelings.startLabeler(1)) {
            await().atMost(PATIENCE).until(() -> labelings.labelled(expert) == 60);
        }

        // Then
        labelings.assertLabelledOnce(images, images.refs(), expert);
        cluster.retire(expert.event());
    }

    @Test
    void ofTwoLabelersOfOneNameOneStopsAndSaysSo() throws Exception {
        // Given two labelers of one name at work on one checkpoint
        TinyImages images = TinyImages.create(cluster.dataRoot(), "twins", 1200);
        cluster.ingest(images.refs());
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "twins", 1);
        cluster.announce(expert.event());
        try (LabelerService one = labelings.startLabeler("twin", 1, 8);
                LabelerService other = labelings.startLabeler("twin", 1, 8)) {

            // When both commit
            await().atMost(PATIENCE).until(() -> failed(one) || failed(other));
            labelings.awaitCaughtUp(expert);

            // Then one has stopped with what to do, the other has done the work
            assertThat(failed(one) && failed(other)).isFalse();
            assertThat((failed(one) ? one : other).health().detail())
                    .contains("another labeler runs under the name twin")
                    .contains("LABELWORTH_INSTANCE");
        }
        labelings.assertLabelledOnce(images, images.refs(), expert);
        cluster.retire(expert.event());
    }

    private static boolean failed(LabelerService labeler) {
        return labeler.health().state() == ServiceState.FAILED;
    }

    /** Who made the last progress, over all partitions. */
    private Set<String> workers(TinyExpert expert) {
        return cluster.progress(expert.labellingId()).values().stream()
                .map(progress -> progress.getWorker())
                .collect(Collectors.toSet());
    }
}
