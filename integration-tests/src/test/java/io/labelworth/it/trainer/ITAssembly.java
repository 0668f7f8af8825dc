package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.checkpoint;
import static io.labelworth.it.trainer.TestEvents.experiment;
import static io.labelworth.it.trainer.TestEvents.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.EventProducer;
import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.training.StudentResult;
import io.labelworth.learning.training.StudentTraining;
import io.labelworth.learning.training.TrainingSet;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.OffsetPin;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.TrainerService;
import io.labelworth.trainer.view.LabelRange;
import io.labelworth.trainer.view.LabelView;
import io.labelworth.trainer.view.PinnedView;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What students are given, against what the topics say, worked out by hand. */
class ITAssembly {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STEPS = 12;
    private static final ExpertCheckpoint EARLY = checkpoint("expert/step-1", "1".repeat(64));
    private static final ExpertCheckpoint LATE = checkpoint("expert/step-2", "2".repeat(64));

    @TempDir static Path dir;

    private static TrainerCluster cluster;
    private static EventProducer producer;
    private static HandLabeler labeler;
    private static TrainerService trainer;

    @BeforeAll
    static void ingestLabelAndStartATrainer() throws Exception {
        cluster = TrainerCluster.start(dir);
        producer =
                EventProducer.idempotent(
                        cluster.connection().settings(), cluster.connection().registry(), "test");
        for (Candidate image : TinyDataset.candidates(cluster.dataRoot())) {
            String key = Keys.imageRef(TinyDataset.NAME, "real", image.imageId());
            producer.sendAndWait(Topics.IMAGE_REFS, key, ref(image, "real"));
        }
        labeler = new HandLabeler(cluster.connection());
        for (ExpertCheckpoint expert : List.of(EARLY, LATE)) {
            labeler.announce(expert);
            labeler.label(expert, cluster.records(Topics.IMAGE_REFS));
        }
        trainer = cluster.trainer("one", 1);
    }

    @AfterAll
    static void stop() {
        trainer.close();
        labeler.close();
        producer.close();
        cluster.close();
    }

    @Test
    void anEnsembleOfLogitsIsTheirMean() throws Exception {
        assertTrainedOn(
                ensemble("mean-logits"),
                logits -> PlainSet.softmax(PlainSet.mean(logits.get(0), logits.get(1)), 1));
    }

    @Test
    void anEnsembleOfProbabilitiesIsTheirMean() throws Exception {
        assertTrainedOn(
                ensemble("mean-probabilities"),
                logits ->
                        PlainSet.mean(
                                PlainSet.softmax(logits.get(0), 1),
                                PlainSet.softmax(logits.get(1), 1)));
    }

    @Test
    void treatmentsAreAppliedInTheirOrder() throws Exception {
        // Given: the largest goes where the smallest was, and a tenth of all is made uniform
        Experiment treated =
                soft("chain")
                        .setTreatments(
                                List.of(
                                        choice("temperature", "value", "2"),
                                        choice("swap-one", "rank", "1"),
                                        choice("label-smoothing", "weight", "0.1")))
                        .build();

        // Then
        assertTrainedOn(
                treated,
                logits -> {
                    double[] p = PlainSet.softmax(logits.get(0), 2);
                    int most = extreme(p, 1);
                    int least = extreme(p, -1);
                    double largest = p[most];
                    p[most] = p[least];
                    p[least] = largest;
                    for (int c = 0; c < p.length; c++) {
                        p[c] = 0.9 * p[c] + 0.1 / p.length;
                    }
                    return p;
                });
    }

    @Test
    void aDecileIsOfTheImagesThatTheExpertFindsAsHard() throws Exception {
        // Given
        Experiment easiest =
                soft("easiest")
                        .setSelection(
                                new Choice(
                                        "decile",
                                        Map.of(
                                                "checkpoint",
                                                LATE.getCheckpointId(),
                                                "decile",
                                                "1")))
                        .build();

        // When
        DistilledSet manifest =
                assertTrainedOn(easiest, logits -> PlainSet.softmax(logits.get(0), 1));

        // Then: of twelve images of a class, a tenth are the two that it is surest of
        LabelsOnTheTopic labels = LabelsOnTheTopic.read(cluster);
        Map<Integer, List<Candidate>> pool =
                TinyDataset.candidates(cluster.dataRoot()).stream()
                        .collect(Collectors.groupingBy(Candidate::imageClass));
        Set<String> expected =
                pool.values().stream()
                        .flatMap(
                                ofClass ->
                                        ofClass.stream()
                                                .sorted(
                                                        Comparator.comparing(
                                                                image -> -sureness(labels, image)))
                                                .limit(2))
                        .map(Candidate::imageId)
                        .collect(Collectors.toSet());
        assertThat(Set.copyOf(manifest.getImageIds())).isEqualTo(expected);
        assertThat(cluster.results("easiest").get(0).getSelection().getParameters())
                .containsEntry("decile", "1");
    }

    @Test
    void aRunSaysWhichLabelsItWaitsFor() {
        // Given
        ExpertCheckpoint awaited = checkpoint("expert/step-3", "3".repeat(64));
        labeler.announce(awaited);
        submit(soft("waiting").setCheckpoints(List.of(awaited.getCheckpointId())).build());
        await().atMost(PATIENCE).until(() -> !cluster.statuses("waiting").isEmpty());

        // Then
        assertThat(cluster.statuses("waiting"))
                .singleElement()
                .satisfies(status -> assertThat(status.getState()).isEqualTo("waiting"))
                .extracting(RunStatus::getReason)
                .asString()
                .matches(
                        "the labels of expert/step-3 \\(0 of 36 images; image-refs partition \\d+ is"
                                + " at offset 0 of \\d+\\)");
        assertThat(cluster.published("waiting")).isEmpty();

        // When
        labeler.label(awaited, cluster.records(Topics.IMAGE_REFS));

        // Then
        await().atMost(PATIENCE).until(() -> cluster.results("waiting").size() == 1);
    }

    @Test
    void aRunThatTruncatedLabelsCannotGiveFailsUntouched() {
        // Given
        ExpertCheckpoint truncated =
                ExpertCheckpoint.newBuilder(checkpoint("expert/truncated", "4".repeat(64)))
                        .setCodec(choice("topk-fp16", "k", "1"))
                        .build();
        labeler.announce(truncated);

        // When
        submit(
                soft("truncated")
                        .setCheckpoints(List.of(truncated.getCheckpointId()))
                        .setTreatments(List.of(choice("temperature", "value", "2")))
                        .build());

        // Then
        await().atMost(PATIENCE).until(() -> !cluster.statuses("truncated").isEmpty());
        assertThat(cluster.statuses("truncated"))
                .singleElement()
                .satisfies(
                        status -> {
                            assertThat(status.getState()).isEqualTo("failed");
                            assertThat(status.getReason())
                                    .contains("temperature needs every logit", "topk-fp16(k=1)");
                        });
        assertThat(cluster.published("truncated")).isEmpty();
    }

    @Test
    void aViewLoadsTheRangesThatPinsNameAndDropsWhatItHasNoRoomFor() throws Exception {
        // Given
        TrainingRun early = published("view-early", EARLY);
        TrainingRun late = published("view-late", LATE);
        try (LabelView view = LabelView.open(dir.resolve("view"), Map.of())) {
            cluster.records(Topics.IMAGE_REFS)
                    .forEach(
                            r ->
                                    view.addImageRefs(
                                            r.partition(),
                                            List.of(r.value().value()),
                                            r.offset() + 1));
            PinnedView pinned =
                    new PinnedView(view, cluster.connection().consumers(), "view", 1, PATIENCE);

            // When
            try (ViewSnapshot snapshot = pinned.await(early, () -> false)) {
                assertLoaded(view, early, EARLY);
                assertThat(labelled(snapshot, EARLY)).isPositive();

                // Then: another labelling takes its place, but not in the snapshot of before
                pinned.await(late, () -> false).close();
                assertLoaded(view, late, LATE);
                assertThat(view.labellings()).containsExactly(LATE.getLabellingId());
                assertThat(labelled(snapshot, EARLY)).isPositive();
            }
            try (ViewSnapshot after = view.snapshot()) {
                assertThat(labelled(after, EARLY)).isZero();
                assertThat(labelled(after, LATE)).isPositive();
            }
            pinned.await(early, () -> false).close();
            assertLoaded(view, early, EARLY);
        }
    }

    @Test
    void theManifestOfALargeSetFitsOnItsTopic() {
        // Given: 200 images of each of 1000 classes
        List<String> images =
                IntStream.range(0, 200_000).mapToObj(i -> "train-" + (1_000_000 + i)).toList();
        DistilledSet large =
                DistilledSet.newBuilder()
                        .setSetId("large")
                        .setRunId("large")
                        .setAttemptId("large-1")
                        .setDataset("imagenet")
                        .setDatasetVersion("1")
                        .setSource("real")
                        .setImagesPerClass(200)
                        .setImageIds(images)
                        .setRegime("hard")
                        .setLabellingIds(List.of())
                        .setTreatments(List.of())
                        .setLabelDigest("0".repeat(64))
                        .setImageBytes(1)
                        .setLabelBytes(1)
                        .setMeanEntropy(0)
                        .build();

        // When
        producer.sendAndWait(Topics.DISTILLED_SETS, "large", large);

        // Then
        assertThat(cluster.all(Topics.DISTILLED_SETS)).contains(large);
    }

    /** Runs an experiment of one run, and the same training on targets made by hand. */
    private static DistilledSet assertTrainedOn(
            Experiment experiment, Function<List<double[]>, double[]> treatment) throws Exception {
        // When
        submit(experiment);
        String id = experiment.getExperimentId();
        await().atMost(PATIENCE).until(() -> cluster.results(id).size() == 1);
        Accuracy result = cluster.results(id).get(0);
        DistilledSet manifest =
                cluster.all(Topics.DISTILLED_SETS).stream()
                        .filter(set -> set.getRunId().equals(result.getRunId()))
                        .findFirst()
                        .orElseThrow();
        PlainSet plain = new PlainSet(manifest, LabelsOnTheTopic.read(cluster));
        float[][] targets = plain.targets(treatment);

        // Then: the manifest
        assertThat(manifest.getImageIds()).hasSize(2 * TinyDataset.CLASSES).doesNotHaveDuplicates();
        assertThat(manifest.getLabelDigest())
                .isEqualTo(plain.digest())
                .isEqualTo(result.getLabelDigest());
        assertThat(manifest.getLabelBytes())
                .isEqualTo(plain.labelBytes())
                .isEqualTo(
                        (long) manifest.getLabellingIds().size()
                                * manifest.getImageIds().size()
                                * TinyDataset.CLASSES
                                * Float.BYTES);
        assertThat(manifest.getImageBytes()).isEqualTo(64L * manifest.getImageIds().size());
        assertThat(manifest.getMeanEntropy())
                .isCloseTo(PlainSet.meanEntropy(targets), within(1e-6));

        // And: the training, whose loss depends on every target
        Dataset dataset =
                TinyDataset.datasets(cluster.dataRoot()).open(TinyDataset.NAME, cluster.dataRoot());
        StudentResult again =
                StudentTraining.run(
                        RunSpec.parse(cluster.published(id).get(0).getSpec()),
                        new TrainingSet(plain.pixels(cluster.dataRoot()), targets),
                        dataset,
                        (step, loss, point) -> {},
                        () -> false);
        assertThat(result.getTrainLoss()).isCloseTo(again.last().trainLoss(), within(1e-6));
        assertThat(result.getTestAccuracy()).isEqualTo(again.testAccuracy());
        assertThat(result.getTestAccuracyByClass()).isEqualTo(again.testAccuracyByClass());
        return manifest;
    }

    private static TrainingRun published(String experimentId, ExpertCheckpoint expert) {
        submit(
                soft(experimentId)
                        .setCheckpoints(List.of(expert.getCheckpointId()))
                        .setSeeds(List.of(7L))
                        .build());
        await().atMost(PATIENCE).until(() -> cluster.results(experimentId).size() == 1);
        return cluster.published(experimentId).get(0);
    }

    private static void assertLoaded(LabelView view, TrainingRun run, ExpertCheckpoint expert) {
        assertThat(run.getPins()).isNotEmpty();
        for (OffsetPin pin : run.getPins()) {
            assertThat(view.loaded(expert.getLabellingId(), pin.getPartition()))
                    .map(LabelRange::first)
                    .contains(pin.getFirstLabelOffset());
            assertThat(view.loaded(expert.getLabellingId(), pin.getPartition()).orElseThrow())
                    .matches(range -> range.next() >= pin.getNextLabelOffset());
        }
    }

    private static long labelled(ViewSnapshot snapshot, ExpertCheckpoint expert) {
        return cluster.all(Topics.IMAGE_REFS).stream()
                .filter(image -> snapshot.label(expert.getLabellingId(), image).isPresent())
                .count();
    }

    private static double sureness(LabelsOnTheTopic labels, Candidate image) {
        double[] logits = PlainSet.logits(labels.label(LATE.getLabellingId(), image.imageId()));
        return PlainSet.softmax(logits, 1)[image.imageClass()];
    }

    private static int extreme(double[] values, int sign) {
        return IntStream.range(0, values.length)
                .boxed()
                .max(Comparator.comparingDouble(c -> sign * values[c]))
                .orElseThrow();
    }

    /** Two images of each class, labelled by the early expert. */
    private static Experiment.Builder soft(String id) {
        return experiment(id, STEPS)
                .setBudgets(List.of(new Budget(2, STEPS)))
                .setHardLabels(false)
                .setCheckpoints(List.of(EARLY.getCheckpointId()))
                .setSeeds(List.of(1L));
    }

    private static Experiment ensemble(String mean) {
        return soft(mean)
                .setCheckpoints(List.of())
                .setEnsembles(List.of(List.of(LATE.getCheckpointId(), EARLY.getCheckpointId())))
                .setTreatments(List.of(TestEvents.choice(mean)))
                .build();
    }

    private static Choice choice(String name, String parameter, String value) {
        return new Choice(name, Map.of(parameter, value));
    }

    private static void submit(Experiment experiment) {
        producer.sendAndWait(Topics.EXPERIMENTS, experiment.getExperimentId(), experiment);
    }
}
