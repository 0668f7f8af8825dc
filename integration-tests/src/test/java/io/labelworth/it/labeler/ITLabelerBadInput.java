package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is bad is written down with its reason and holds nobody up. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelerBadInput {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelerBadInput(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void badImagesBecomeDeadLettersAndTheOthersAreLabelled() throws Exception {
        // Given
        TinyImages images = TinyImages.create(cluster.dataRoot(), "bad-images", 40);
        ImageRef ref = images.refs().get(0);
        cluster.ingest(
                List.of(
                        ImageRef.newBuilder(ref).setSha256("0".repeat(64)).build(),
                        ImageRef.newBuilder(images.refs().get(1)).setUri("none#0").build(),
                        ImageRef.newBuilder(images.refs().get(2)).setUri("../x#0").build(),
                        ImageRef.newBuilder(images.refs().get(3)).setImageClass(9).build(),
                        ImageRef.newBuilder(images.refs().get(4)).setWithdrawn(true).build()));
        cluster.ingestGarbage("garbage");
        List<ImageRef> good = images.refs().subList(5, 40);
        cluster.ingest(good);
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "bad-images", 1);
        cluster.announce(expert.event());

        // When
        try (LabelerService labeler = labelings.startLabeler(1)) {
            labelings.awaitCaughtUp(expert);
        }

        // Then
        assertThat(cluster.deadLetters(expert.labellingId()))
                .extracting(DeadLetter::getKind)
                .containsExactlyInAnyOrder(
                        "wrong-hash",
                        "missing-file",
                        "outside-root",
                        "unusable-reference",
                        "unreadable-event");
        labelings.assertLabelledOnce(images, good, expert);
        labelings.assertProgressIsWhatIsCommitted(expert, 35);
        cluster.retire(expert.event());
    }

    @Test
    void brokenCheckpointsAreDeadLetteredOnceAndTheOthersGoOn() throws Exception {
        // Given
        TinyImages images = TinyImages.create(cluster.dataRoot(), "bad-experts", 40);
        cluster.ingest(images.refs());
        TinyExpert good = TinyExpert.create(cluster.checkpointRoot(), "bad-experts", 1);
        TinyExpert notFinite =
                TinyExpert.create(cluster.checkpointRoot(), "bad-experts", 2, this::withNaN);
        ExpertCheckpoint event = good.event();
        cluster.announce(good.event());
        cluster.announce(notFinite.event());
        cluster.announce(broken(event, "gone").setUri("gone.safetensors").build());
        cluster.announce(broken(event, "escaped").setUri("../../etc/passwd").build());
        cluster.announce(broken(event, "forged").setLabellingId("f".repeat(64)).build());
        cluster.announce(broken(event, "format").setFormat("pickle").build());
        cluster.announce(
                broken(event, "codec")
                        .setCodec(Choice.newBuilder(event.getCodec()).setName("zip").build())
                        .build());

        // When the labeler runs twice
        try (LabelerService labeler = labelings.startLabeler(2)) {
            labelings.awaitCaughtUp(good);
            awaitRefused(event, 6);
            assertThat(labeler.health().state()).isEqualTo(ServiceState.RUNNING);
        }
        try (LabelerService again = labelings.startLabeler(2)) {
            labelings.awaitCaughtUp(good);
            await().during(Duration.ofSeconds(3)).until(() -> again.health().up());
        }

        // Then
        assertThat(refusals(event))
                .extracting(DeadLetter::getKind)
                .containsExactlyInAnyOrder(
                        "missing-file",
                        "outside-root",
                        "wrong-labelling-id",
                        "unknown-format",
                        "unknown-codec",
                        "unusable-model");
        labelings.assertLabelledOnce(images, images.refs(), good);
        cluster.retire(good.event());
    }

    private void awaitRefused(ExpertCheckpoint event, int count) {
        await().atMost(PATIENCE).until(() -> refusals(event).size() == count);
    }

    private List<DeadLetter> refusals(ExpertCheckpoint event) {
        return cluster.all(Topics.DEAD_LETTERS).stream()
                .filter(letter -> letter.getTopic().equals(Topics.EXPERT_CHECKPOINTS.name()))
                .filter(letter -> letter.getCheckpointId().startsWith(event.getRun()))
                .toList();
    }

    private static ExpertCheckpoint.Builder broken(ExpertCheckpoint event, String how) {
        return ExpertCheckpoint.newBuilder(event)
                .setCheckpointId(event.getRun() + "/broken-" + how);
    }

    private Map<String, FloatTensor> withNaN(Map<String, FloatTensor> weights) {
        weights.get("classifier.bias").values()[0] = Float.NaN;
        return weights;
    }
}
