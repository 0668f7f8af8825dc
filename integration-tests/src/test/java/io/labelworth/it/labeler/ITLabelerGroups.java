package io.labelworth.it.labeler;

import static org.awaitility.Awaitility.await;

import io.labelworth.labeler.LabelerService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A labelling is where its progress says, whatever became of its consumer group. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelerGroups {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelerGroups(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aGroupWhoseOffsetsAreGoneGoesOnWhereProgressIs() throws Exception {
        TinyImages images = TinyImages.create(cluster.dataRoot(), "expired", 60);
        cluster.ingest(images.refs().subList(0, 40));
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "expired", 1);
        try (LabelWatch watch = LabelWatch.start(cluster)) {
            // Given a labelling that is done, and whose group has expired
            cluster.announce(expert.event());
            try (LabelerService labeler = labelings.startLabeler(1)) {
                watch.assertExactly(images.refs().subList(0, 40), expert);
                labelings.awaitCaughtUp(expert);
            }
            cluster.state().deleteGroup(expert.group());

            // When images arrive
            cluster.ingest(images.refs().subList(40, 60));
            try (LabelerService labeler = labelings.startLabeler(1)) {
                watch.assertExactly(images.refs(), expert);
                labelings.awaitCaughtUp(expert);
            }
        }

        // Then
        labelings.assertLabelledOnce(images, images.refs(), expert);
        cluster.retire(expert.event());
    }

    @Test
    void aRetiredCheckpointLosesItsGroupKeepsItsLabelsAndGoesOnWhenAnnouncedAgain()
            throws Exception {
        TinyImages images = TinyImages.create(cluster.dataRoot(), "retired", 60);
        cluster.ingest(images.refs().subList(0, 40));
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "retired", 1);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService labeler = labelings.startLabeler(1)) {
            cluster.announce(expert.event());
            watch.assertExactly(images.refs().subList(0, 40), expert);
            labelings.awaitCaughtUp(expert);

            // When it is retired
            cluster.retire(expert.event());
            await().atMost(PATIENCE).until(() -> !cluster.state().exists(expert.group()));
            cluster.ingest(images.refs().subList(40, 60));
            await().during(Duration.ofSeconds(1)).until(() -> watch.labels(expert) == 40);
            labelings.assertLabelledOnce(images, images.refs().subList(0, 40), expert);

            // And announced again
            cluster.announce(expert.event());
            watch.assertExactly(images.refs(), expert);
            labelings.awaitCaughtUp(expert);
        }

        // Then
        labelings.assertLabelledOnce(images, images.refs(), expert);
        cluster.retire(expert.event());
    }
}
