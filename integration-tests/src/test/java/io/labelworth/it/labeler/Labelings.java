package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.LetterState;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labelers on a cluster, and what must be true of their labels.
 *
 * @param cluster where they work
 */
record Labelings(LabelingCluster cluster) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BATCH = 64;

    /** A labeler in this JVM. */
    LabelerService startLabeler(int workers) {
        return startLabeler("test", workers, BATCH);
    }

    /** A labeler in this JVM, under a name of its own. */
    LabelerService startLabeler(String instance, int workers, int batch) {
        return cluster.startLabeler(
                instance,
                Map.of(
                        LabelerSettings.WORKERS,
                        Integer.toString(workers),
                        LabelerSettings.BATCH,
                        Integer.toString(batch)));
    }

    /** A labeler in a JVM of its own, of small batches. */
    LabelerProcess startProcess(String instance) throws IOException {
        return LabelerProcess.start(
                instance,
                cluster.kafka().settings(),
                cluster.dataRoot(),
                cluster.checkpointRoot(),
                cluster.processLog(),
                8);
    }

    /** Waits until the groups have no lag and readers see all of it. */
    void awaitCaughtUp(TinyExpert... experts) {
        for (TinyExpert expert : experts) {
            await(expert.event().getCheckpointId())
                    .atMost(PATIENCE)
                    .until(() -> cluster.state().lag(expert.group()) == 0);
        }
        await("markers").atMost(PATIENCE).until(cluster.state()::decided);
    }

    long labelled(TinyExpert expert) {
        return cluster.progress(expert.labellingId()).values().stream()
                .mapToLong(LabelingProgress::getLabelled)
                .sum();
    }

    private List<SoftLabel> labels(TinyExpert expert) {
        return cluster.all(Topics.SOFT_LABELS).stream()
                .filter(label -> label.getLabellingId().equals(expert.labellingId()))
                .toList();
    }

    /** One label each and none else, on its image's partition, and each what the network says. */
    void assertLabelledOnce(TinyImages images, List<ImageRef> refs, TinyExpert expert)
            throws Exception {
        List<SoftLabel> labels = labels(expert);
        assertThat(labels)
                .extracting(SoftLabel::getImageId, SoftLabel::getImageClass, SoftLabel::getRank)
                .containsExactlyInAnyOrderElementsOf(
                        refs.stream()
                                .map(
                                        ref ->
                                                tuple(
                                                        ref.getImageId(),
                                                        ref.getImageClass(),
                                                        ref.getRank()))
                                .toList());
        Map<String, float[]> expected = new HashMap<>();
        try (ExpertModel model = expert.model()) {
            for (int start = 0; start < refs.size(); start += BATCH) {
                List<ImageRef> some = refs.subList(start, Math.min(refs.size(), start + BATCH));
                float[][] logits = model.logits(images.pixels(some));
                for (int i = 0; i < logits.length; i++) {
                    expected.put(some.get(i).getImageId(), logits[i]);
                }
            }
        }
        for (SoftLabel label : labels) {
            // Sums of another batch size may differ in the last bits.
            assertThat(LabelCodecs.parse("fp32").decode(bytes(label.getLogits()), 4))
                    .containsExactly(expected.get(label.getImageId()), within(1e-5f));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Progress is where the group is, and counts what was labelled and what was dead-lettered. */
    void assertProgressIsWhatIsCommitted(TinyExpert expert, long labelled) {
        Map<Integer, LabelingProgress> progress = cluster.progress(expert.labellingId());
        Map<Integer, Long> positions = new TreeMap<>();
        progress.forEach((partition, at) -> positions.put(partition, at.getNextImageRefOffset()));
        assertThat(positions).isEqualTo(cluster.state().committed(expert.group()));
        assertThat(labelled(expert)).isEqualTo(labelled);
        assertThat(progress.values().stream().mapToLong(LabelingProgress::getFailed).sum())
                .isEqualTo(
                        cluster.lastLetters(expert.labellingId()).stream()
                                .filter(LetterState.FAILED::is)
                                .count());
    }
}
