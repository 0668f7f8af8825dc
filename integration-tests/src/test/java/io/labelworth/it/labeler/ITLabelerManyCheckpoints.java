package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.labeler.LabelerService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of checkpoints on one labeler. */
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelerManyCheckpoints {

    private static final int CHECKPOINTS = 200;

    // Landing takes a moment, in which one or the other is taken up that is not the newest.
    private static final int WHILE_LANDING = 5;

    /** On a cluster of its own: each checkpoint reads all image references there are. */
    @Test
    void twoHundredCheckpointsThatLandAtOnceAreLabelledNewestFirst(@TempDir Path directory)
            throws Exception {
        try (LabelingCluster cluster = LabelingCluster.start(directory)) {
            TinyImages images = TinyImages.create(cluster.dataRoot(), "many", 24);
            cluster.ingest(images.refs());
            List<TinyExpert> experts = new ArrayList<>();
            for (int step = 1; step <= CHECKPOINTS; step++) {
                experts.add(TinyExpert.create(cluster.checkpointRoot(), "many", step));
            }
            Labelings labelings = new Labelings(cluster);
            try (LabelWatch watch = LabelWatch.start(cluster);
                    LabelerService labeler = labelings.startLabeler(1)) {
                // When
                long start = System.nanoTime();
                cluster.announce(experts.stream().map(TinyExpert::event).toList());

                // Then
                watch.assertExactly(images.refs(), experts.toArray(TinyExpert[]::new));
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%.2f s per checkpoint%n", seconds / CHECKPOINTS);
                assertNewestFirst(watch.firstLabelled(), experts);
            }
        }
    }

    private static void assertNewestFirst(List<String> labelled, List<TinyExpert> experts) {
        List<Integer> steps =
                labelled.stream()
                        .map(
                                labelling ->
                                        experts.stream()
                                                .map(TinyExpert::labellingId)
                                                .toList()
                                                .indexOf(labelling))
                        .skip(WHILE_LANDING)
                        .toList();
        assertThat(steps).isSortedAccordingTo((a, b) -> b - a);
    }
}
