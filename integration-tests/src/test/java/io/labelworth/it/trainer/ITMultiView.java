package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.experiment;
import static io.labelworth.it.trainer.TestEvents.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.announce.CheckpointAnnouncer;
import io.labelworth.labeler.announce.CheckpointRequest;
import io.labelworth.labeler.announce.CheckpointRoot;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.labeler.announce.ViewsAnnouncer;
import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.learning.view.ViewMaker;
import io.labelworth.learning.view.Views;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.trainer.TrainerService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views of images from their announcement to a student's result, on real services. */
@SuppressWarnings("try") // A labeler works by being there.
class ITMultiView {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COUNT = 3;
    private static final int IMAGES = TinyDataset.POOL * TinyDataset.CLASSES;
    private static final Views VIEWS = Views.of("crop-cutmix", Map.of("count", "3", "seed", "2"));

    @TempDir static Path dir;

    private static TrainerCluster cluster;
    private static EventProducer producer;
    private static Dataset dataset;

    @BeforeAll
    static void start() throws Exception {
        cluster = TrainerCluster.start(dir);
        dataset =
                TinyDataset.datasets(cluster.dataRoot()).open(TinyDataset.NAME, cluster.dataRoot());
        producer =
                EventProducer.idempotent(
                        cluster.connection().settings(), cluster.connection().registry(), "test");
    }

    @AfterAll
    static void stop() {
        producer.close();
        cluster.close();
    }

    @Test
    void studentsTrainOnTheViewsThatLabelersLabelled() throws Exception {
        // Given a checkpoint, its views, and half of the pool labelled by one labeler, before what
        // its views mix in has arrived
        ExpertCheckpoint images = announced();
        ExpertCheckpoint views =
                new ViewsAnnouncer(
                                new KafkaCheckpointLog(cluster.connection(), "test"),
                                Clock.systemUTC())
                        .announce(images.getCheckpointId(), VIEWS);
        List<Candidate> pool = dataset.candidates(TinyDataset.POOL);
        ingest(pool.subList(IMAGES / 2, IMAGES));
        try (LabelerService first = cluster.labeler("first")) {
            await().atMost(PATIENCE).until(() -> labelled(views) == IMAGES / 2);
        }

        // When another labeler labels the rest, and an experiment names both checkpoints
        ingest(pool.subList(0, IMAGES / 2));
        submit(
                experiment("views", 12)
                        .setHardLabels(false)
                        .setCheckpoints(List.of(images.getCheckpointId(), views.getCheckpointId()))
                        .setSeeds(List.of(1L, 2L))
                        .build());
        try (LabelerService second = cluster.labeler("second");
                TrainerService trainer = cluster.trainer("one", 2)) {
            await().atMost(PATIENCE).until(() -> cluster.results("views").size() >= 8);
        }

        // Then every view has one label, which is the network's of what anybody makes of the images
        assertLabelledOnce(images, "");
        assertLabelledOnce(views, "/0", "/1", "/2");
        assertThat(labelled(views)).isEqualTo(IMAGES);
        assertLabelsAreOfTheViews(views);

        // Then the students of views have a regime of their own, on the labels of the topic
        List<Accuracy> results = cluster.results("views");
        assertThat(results)
                .extracting(Accuracy::getRegime)
                .containsExactlyInAnyOrder(
                        "fixed-soft",
                        "fixed-soft",
                        "fixed-soft",
                        "fixed-soft",
                        "multi-view",
                        "multi-view",
                        "multi-view",
                        "multi-view");
        LabelsOnTheTopic labels = LabelsOnTheTopic.read(cluster);
        Map<String, DistilledSet> manifests =
                cluster.all(Topics.DISTILLED_SETS).stream()
                        .collect(Collectors.toMap(DistilledSet::getRunId, set -> set));
        for (Accuracy result : results) {
            labels.assertDigest(result, manifests.get(result.getRunId()));
            boolean ofViews = result.getRegime().equals("multi-view");
            assertThat(result.getCheckpointId())
                    .isEqualTo((ofViews ? views : images).getCheckpointId());
            long bytes = result.getImages() * TinyDataset.CLASSES * Float.BYTES;
            assertThat(result.getLabelBytes()).isEqualTo(ofViews ? COUNT * bytes : bytes);
        }
    }

    /** A fresh network, as somebody would announce a file of theirs. */
    private static ExpertCheckpoint announced() throws Exception {
        Architecture architecture = Architecture.convnet(2, 4);
        Path file = dir.resolve("expert.safetensors");
        WeightsFile.write(
                file,
                Initialisation.weights(
                        ConvNetShape.of(architecture.forDataset(dataset.info())), 5));
        return new CheckpointAnnouncer(
                        new KafkaCheckpointLog(cluster.connection(), "test"),
                        new CheckpointRoot(cluster.checkpointRoot(), List.of()),
                        name -> dataset,
                        16,
                        ComputeDevice.CPU,
                        Clock.systemUTC())
                .adopt(
                        file,
                        new CheckpointRequest(
                                TinyDataset.NAME,
                                "mine",
                                7,
                                0,
                                0,
                                WeightsFormat.SAFETENSORS,
                                architecture,
                                Optional.empty(),
                                Precision.FP32,
                                Optional.of(LabelCodecs.parse("fp32")),
                                Optional.empty()))
                .event();
    }

    private static void assertLabelledOnce(ExpertCheckpoint checkpoint, String... views) {
        Set<String> expected = new HashSet<>();
        for (Candidate image : dataset.candidates(TinyDataset.POOL)) {
            String key =
                    Keys.softLabel(
                            TinyDataset.NAME, "real", checkpoint.getLabellingId(), image.imageId());
            for (String view : views) {
                expected.add(key + view);
            }
        }
        assertThat(labels(checkpoint))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void assertLabelsAreOfTheViews(ExpertCheckpoint views) throws Exception {
        Preprocessing preprocessing = Preprocessing.of(dataset.info());
        ViewMaker maker = new ViewMaker(VIEWS, dataset.info());
        try (ExpertModel model =
                ExpertModel.load(
                        cluster.checkpointRoot().resolve(views.getUri()),
                        views.getSha256(),
                        new ExpertModel.Description(
                                WeightsFormat.SAFETENSORS,
                                Architecture.convnet(2, 4).forDataset(dataset.info()),
                                preprocessing,
                                Precision.FP32),
                        ComputeDevice.CPU)) {
            for (ConsumerRecord<String, Decoded<SoftLabel>> record : labels(views)) {
                SoftLabel label = record.value().value();
                ImagePlace place = new ImagePlace(label.getImageClass(), label.getRank());
                ImagePlace partner =
                        maker.partner(label.getImageId(), place, label.getView()).orElseThrow();
                byte[] view =
                        maker.view(
                                label.getImageId(),
                                label.getView(),
                                pixels(place),
                                pixels(partner));
                byte[] logits = new byte[label.getLogits().remaining()];
                label.getLogits().duplicate().get(logits);
                assertThat(LabelCodecs.parse("fp32").decode(logits, TinyDataset.CLASSES))
                        .containsExactly(model.logits(List.of(view))[0]);
            }
        }
    }

    private static byte[] pixels(ImagePlace place) throws Exception {
        Candidate image = dataset.candidate(place.imageClass(), place.rank());
        return new ImageStore(cluster.dataRoot())
                .read(image.uri(), image.sha256(), dataset.info().imageBytes());
    }

    private static List<ConsumerRecord<String, Decoded<SoftLabel>>> labels(
            ExpertCheckpoint checkpoint) {
        List<ConsumerRecord<String, Decoded<SoftLabel>>> labels =
                new ArrayList<>(cluster.records(Topics.SOFT_LABELS));
        labels.removeIf(
                record ->
                        !record.value()
                                .value()
                                .getLabellingId()
                                .equals(checkpoint.getLabellingId()));
        return labels;
    }

    /** Images that progress counts. */
    private static long labelled(ExpertCheckpoint checkpoint) {
        Map<String, LabelingProgress> latest =
                cluster.records(Topics.LABELING_PROGRESS).stream()
                        .collect(
                                Collectors.toMap(
                                        ConsumerRecord::key,
                                        record -> record.value().value(),
                                        (before, after) -> after));
        return latest.values().stream()
                .filter(at -> at.getLabellingId().equals(checkpoint.getLabellingId()))
                .mapToLong(LabelingProgress::getLabelled)
                .sum();
    }

    private static void ingest(List<Candidate> candidates) {
        for (Candidate image : candidates) {
            producer.sendAndWait(
                    Topics.IMAGE_REFS,
                    Keys.imageRef(TinyDataset.NAME, "real", image.imageId()),
                    ref(image, "real"));
        }
    }

    private static void submit(Experiment experiment) {
        producer.sendAndWait(Topics.EXPERIMENTS, experiment.getExperimentId(), experiment);
    }
}
