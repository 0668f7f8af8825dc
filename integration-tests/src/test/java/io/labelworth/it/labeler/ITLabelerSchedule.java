package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.labeler.LabelerService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checkpoints and images that land while others are being labelled. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelerSchedule {

    private static final int IMAGES = 24_000;

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelerSchedule(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aNewerCheckpointGoesFirstAndTheOlderOneIsFinishedAfterIt() throws Exception {
        TinyImages images = TinyImages.create(cluster.dataRoot(), "preempted", IMAGES);
        cluster.ingest(images.refs());
        TinyExpert older = TinyExpert.create(cluster.checkpointRoot(), "preempted", 1, 16);
        TinyExpert newer = TinyExpert.create(cluster.checkpointRoot(), "preempted", 2);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService labeler = labelings.startLabeler("only", 1, 8)) {
            // Given an older checkpoint in the hands of the only worker
            cluster.announce(older.event());
            watch.awaitLabels(older, 500);

            // When a newer one lands
            cluster.announce(newer.event());
            watch.awaitLabels(newer, 1);
            int olderLabels = watch.labels(older);
            watch.awaitLabels(newer, IMAGES);

            // Then the older one waits, and is finished
            assertThat(watch.labels(older)).isEqualTo(olderLabels).isLessThan(IMAGES);
            watch.assertExactly(images.refs(), older, newer);
            labelings.awaitCaughtUp(older, newer);
        }
        for (TinyExpert expert : List.of(older, newer)) {
            labelings.assertLabelledOnce(images, images.refs(), expert);
            labelings.assertProgressIsWhatIsCommitted(expert, IMAGES);
            cluster.retire(expert.event());
        }
    }

    @Test
    void imagesThatArriveWhileCheckpointsLandAreLabelledOnceByAll() throws Exception {
        TinyImages images = TinyImages.create(cluster.dataRoot(), "landing", 500);
        List<TinyExpert> experts = new ArrayList<>();
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService one = labelings.startLabeler("one", 2, 16);
                LabelerService other = labelings.startLabeler("other", 2, 16)) {
            // When
            for (int round = 0; round < 10; round++) {
                TinyExpert expert =
                        TinyExpert.create(cluster.checkpointRoot(), "landing", round + 1);
                experts.add(expert);
                cluster.announce(expert.event());
                cluster.ingest(images.refs().subList(round * 50, (round + 1) * 50));
                watch.awaitLabels(expert, 1);
            }

            // Then
            watch.assertExactly(images.refs(), experts.toArray(TinyExpert[]::new));
            labelings.awaitCaughtUp(experts.toArray(TinyExpert[]::new));
        }
        for (TinyExpert expert : experts) {
            labelings.assertLabelledOnce(images, images.refs(), expert);
            labelings.assertProgressIsWhatIsCommitted(expert, 500);
            cluster.retire(expert.event());
        }
    }
}
