package io.labelworth.it.labeler;

import static org.awaitility.Awaitility.await;

import io.labelworth.labeler.LabelerService;
import io.labelworth.schemas.event.ImageRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the topics say, read at read_committed, after the labeler has had its way. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabeler {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabeler(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void everyImageIsLabelledOnceByEveryCheckpointAndLagReachesZero() throws Exception {
        // Given images among aborted ones and another version's, and two checkpoints
        TinyImages images = TinyImages.create(cluster.dataRoot(), "once", 500);
        List<ImageRef> wanted = images.refs().subList(0, 400);
        cluster.ingestAndAbort(images.refs().subList(400, 500));
        cluster.ingest(wanted);
        cluster.ingest(
                images.refs().subList(0, 10).stream()
                        .map(ref -> ImageRef.newBuilder(ref).setDatasetVersion("v0").build())
                        .toList());
        TinyExpert first = TinyExpert.create(cluster.checkpointRoot(), "once", 1);
        TinyExpert second = TinyExpert.create(cluster.checkpointRoot(), "once", 2);
        cluster.announce(first.event());
        cluster.announce(second.event());

        // When
        try (LabelerService labeler = labelings.startLabeler(1)) {
            labelings.awaitCaughtUp(first, second);
        }

        // Then
        for (TinyExpert expert : List.of(first, second)) {
            labelings.assertLabelledOnce(images, wanted, expert);
            labelings.assertProgressIsWhatIsCommitted(expert, 400);
            cluster.retire(expert.event());
        }
    }

    @Test
    void lateCheckpointsAndLateImagesAreLabelledWhileTheLabelerRuns() throws Exception {
        TinyImages images = TinyImages.create(cluster.dataRoot(), "late", 100);
        TinyExpert first = TinyExpert.create(cluster.checkpointRoot(), "late", 1);
        TinyExpert second = TinyExpert.create(cluster.checkpointRoot(), "late", 2);
        try (LabelerService labeler = labelings.startLabeler(1)) {
            // Given a labeler that has caught up
            cluster.ingest(images.refs().subList(0, 60));
            cluster.announce(first.event());
            await().atMost(PATIENCE).until(() -> labelings.labelled(first) == 60);

            // When a checkpoint lands, then images, then the first checkpoint is retired
            cluster.announce(second.event());
            await().atMost(PATIENCE).until(() -> labelings.labelled(second) == 60);
            cluster.ingest(images.refs().subList(60, 80));
            labelings.awaitCaughtUp(first, second);
            cluster.retire(first.event());
            cluster.ingest(images.refs().subList(80, 100));
            labelings.awaitCaughtUp(second);
        }

        // Then
        labelings.assertLabelledOnce(images, images.refs().subList(0, 80), first);
        labelings.assertLabelledOnce(images, images.refs(), second);
        cluster.retire(second.event());
    }
}
