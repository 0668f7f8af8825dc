package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topics say, read at read_committed, after the labeler has had its way. */
@SuppressWarnings("try") // A labeler works by being there.
class ITLabeler {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private static Path directory;
    private static Path dataRoot;
    private static Path checkpointRoot;
    private static LabelingCluster cluster;

    @BeforeAll
    static void startCluster() {
        dataRoot = directory.resolve("images");
        checkpointRoot = directory.resolve("checkpoints");
        cluster = LabelingCluster.start(directory.resolve("cluster"));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void everyImageIsLabelledOnceByEveryCheckpointAndLagReachesZero() throws Exception {
        // Given images among aborted ones and another version's, and two checkpoints
        TinyImages images = TinyImages.create(dataRoot, "once", 500);
        List<ImageRef> wanted = images.refs().subList(0, 400);
        cluster.ingestAndAbort(images.refs().subList(400, 500));
        cluster.ingest(wanted);
        cluster.ingest(
                images.refs().subList(0, 10).stream()
                        .map(ref -> ImageRef.newBuilder(ref).setDatasetVersion("v0").build())
                        .toList());
        TinyExpert first = TinyExpert.create(checkpointRoot, "once", 1);
        TinyExpert second = TinyExpert.create(checkpointRoot, "once", 2);
        cluster.announce(first.event());
        cluster.announce(second.event());

        // When
        try (LabelerService labeler = startLabeler(1)) {
            awaitCaughtUp(first, second);
        }

        // Then
        for (TinyExpert expert : List.of(first, second)) {
            assertLabelledOnce(images, wanted, expert);
            assertProgressIsWhatIsCommitted(expert, 400, 0);
        }
    }

    @Test
    void aKilledLabelerThatStartsAgainLeavesNoGapAndNoDouble() throws Exception {
        // Given a labeler killed twice in the middle
        TinyImages images = TinyImages.create(dataRoot, "killed", 600);
        cluster.ingest(images.refs());
        TinyExpert expert = TinyExpert.create(checkpointRoot, "killed", 1);
        cluster.announce(expert.event());
        for (int labelled : List.of(50, 200)) {
            try (LabelerProcess process = startProcess()) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> labelled(expert) > labelled);
                process.kill();
            }
            assertThat(labelled(expert)).as("killed in the middle").isLessThan(600);
        }

        // When
        try (LabelerProcess process = startProcess()) {
            awaitCaughtUp(expert);
        }

        // Then
        assertLabelledOnce(images, images.refs(), expert);
        assertProgressIsWhatIsCommitted(expert, 600, 0);
        cluster.retire(expert.event());
    }

    @Test
    void badImagesBecomeDeadLettersAndTheOthersAreLabelled() throws Exception {
        // Given
        TinyImages images = TinyImages.create(dataRoot, "bad-images", 40);
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
        TinyExpert expert = TinyExpert.create(checkpointRoot, "bad-images", 1);
        cluster.announce(expert.event());

        // When
        try (LabelerService labeler = startLabeler(1)) {
            awaitCaughtUp(expert);
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
        assertLabelledOnce(images, good, expert);
        assertProgressIsWhatIsCommitted(expert, 35, 5);
        cluster.retire(expert.event());
    }

    @Test
    void brokenCheckpointsAreDeadLetteredOnceAndTheOthersGoOn() throws Exception {
        // Given
        TinyImages images = TinyImages.create(dataRoot, "bad-experts", 40);
        cluster.ingest(images.refs());
        TinyExpert good = TinyExpert.create(checkpointRoot, "bad-experts", 1);
        TinyExpert notFinite = TinyExpert.create(checkpointRoot, "bad-experts", 2, this::withNaN);
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
        try (LabelerService labeler = startLabeler(2)) {
            awaitCaughtUp(good, notFinite);
            awaitRefused(event, 5);
            assertThat(labeler.health().state()).isEqualTo(ServiceState.RUNNING);
        }
        try (LabelerService again = startLabeler(2)) {
            awaitCaughtUp(good, notFinite);
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
                        "unknown-codec");
        assertLabelledOnce(images, images.refs(), good);
        assertThat(cluster.deadLetters(notFinite.labellingId()))
                .hasSize(40)
                .allMatch(letter -> letter.getKind().equals("non-finite"));
        assertProgressIsWhatIsCommitted(notFinite, 0, 40);
        cluster.retire(good.event());
        cluster.retire(notFinite.event());
    }

    @Test
    void lateCheckpointsAndLateImagesAreLabelledWhileTheLabelerRuns() throws Exception {
        TinyImages images = TinyImages.create(dataRoot, "late", 100);
        TinyExpert first = TinyExpert.create(checkpointRoot, "late", 1);
        TinyExpert second = TinyExpert.create(checkpointRoot, "late", 2);
        try (LabelerService labeler = startLabeler(1)) {
            // Given a labeler that has caught up
            cluster.ingest(images.refs().subList(0, 60));
            cluster.announce(first.event());
            await().atMost(PATIENCE).until(() -> labelled(first) == 60);

            // When a checkpoint lands, then images, then the first checkpoint is retired
            cluster.announce(second.event());
            await().atMost(PATIENCE).until(() -> labelled(second) == 60);
            cluster.ingest(images.refs().subList(60, 80));
            awaitCaughtUp(first, second);
            cluster.retire(first.event());
            cluster.ingest(images.refs().subList(80, 100));
            awaitCaughtUp(second);
        }

        // Then
        assertLabelledOnce(images, images.refs().subList(0, 80), first);
        assertLabelledOnce(images, images.refs(), second);
        cluster.retire(second.event());
    }

    private static LabelerService startLabeler(int workers) {
        LabelerSettings settings =
                new LabelerSettings(
                        "test", workers, 64, Duration.ofMillis(200), dataRoot, checkpointRoot, 0);
        LabelerService labeler = new LabelerService(settings, cluster.kafka(), Clock.systemUTC());
        labeler.start();
        return labeler;
    }

    private static LabelerProcess startProcess() throws Exception {
        return LabelerProcess.start(
                cluster.kafka().settings(),
                dataRoot,
                checkpointRoot,
                directory.resolve("labeler.log"),
                8);
    }

    private static void awaitCaughtUp(TinyExpert... experts) {
        for (TinyExpert expert : experts) {
            await(expert.event().getCheckpointId())
                    .atMost(PATIENCE)
                    .until(() -> cluster.lag(expert.group()) == 0);
        }
    }

    private static void awaitRefused(ExpertCheckpoint event, int count) {
        await().atMost(PATIENCE).until(() -> refusals(event).size() == count);
    }

    private static List<DeadLetter> refusals(ExpertCheckpoint event) {
        return cluster.all(Topics.DEAD_LETTERS).stream()
                .filter(letter -> letter.getTopic().equals(Topics.EXPERT_CHECKPOINTS.name()))
                .filter(letter -> letter.getCheckpointId().startsWith(event.getRun() + "/broken"))
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

    private static long labelled(TinyExpert expert) {
        return cluster.progress(expert.labellingId()).values().stream()
                .mapToLong(LabelingProgress::getLabelled)
                .sum();
    }

    private static List<SoftLabel> labels(TinyExpert expert) {
        return cluster.all(Topics.SOFT_LABELS).stream()
                .filter(label -> label.getLabellingId().equals(expert.labellingId()))
                .toList();
    }

    /** One label each and none else, on its image's partition, and each what the network says. */
    private static void assertLabelledOnce(
            TinyImages images, List<ImageRef> refs, TinyExpert expert) throws Exception {
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
            float[][] logits = model.logits(images.pixels(refs));
            for (int i = 0; i < logits.length; i++) {
                expected.put(refs.get(i).getImageId(), logits[i]);
            }
        }
        for (SoftLabel label : labels) {
            // Sums of another batch size may differ in the last bits.
            assertThat(LabelCodecs.named("fp32").decode(bytes(label.getLogits()), 4))
                    .containsExactly(expected.get(label.getImageId()), within(1e-5f));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void assertProgressIsWhatIsCommitted(
            TinyExpert expert, long labelled, long failed) {
        Map<Integer, LabelingProgress> progress = cluster.progress(expert.labellingId());
        assertThat(progress.values())
                .extracting(LabelingProgress::getNextImageRefOffset)
                .containsExactlyElementsOf(cluster.committed(expert.group()).values());
        assertThat(progress.keySet()).isEqualTo(cluster.committed(expert.group()).keySet());
        assertThat(progress.values().stream().mapToLong(LabelingProgress::getLabelled).sum())
                .isEqualTo(labelled);
        assertThat(progress.values().stream().mapToLong(LabelingProgress::getFailed).sum())
                .isEqualTo(failed);
    }
}
