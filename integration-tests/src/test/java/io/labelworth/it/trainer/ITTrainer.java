package io.labelworth.it.trainer;

import static io.labelworth.it.trainer.TestEvents.checkpoint;
import static io.labelworth.it.trainer.TestEvents.experiment;
import static io.labelworth.it.trainer.TestEvents.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.learning.data.Candidate;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.OffsetPin;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.TrainerService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer does with experiments, seen by a read_committed reader. */
class ITTrainer {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int STEPS = 12;

    /** A lock is 15 s and renewed every 5 s. */
    private static final int LONG = 12_000;

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
            send(image, "real");
        }
        labeler = new HandLabeler(cluster.connection());
        labeler.announce(EARLY);
        labeler.label(EARLY, cluster.records(Topics.IMAGE_REFS));
        trainer = cluster.trainer("one", 2);
    }

    @AfterAll
    static void stop() {
        trainer.close();
        labeler.close();
        producer.close();
        cluster.close();
    }

    @Test
    void everyRunOfAnExperimentEndsInOneResultOnTheLabelsItIsPinnedTo() {
        // Given
        Experiment experiment =
                experiment("everything", STEPS)
                        .setCheckpoints(List.of(EARLY.getCheckpointId()))
                        .setSeeds(List.of(1L, 2L))
                        .build();

        // When
        submit(experiment);

        // Then
        awaitResults("everything", 8);
        List<Accuracy> results = cluster.results("everything");
        cluster.assertOneResultEach("everything", 8);
        Map<Integer, Long> pool = endOfThePool();
        assertThat(cluster.published("everything"))
                .allSatisfy(run -> assertThat(pinned(run)).isEqualTo(pool))
                .extracting(TrainingRun::getRunId)
                .containsOnly(results.stream().map(Accuracy::getRunId).toArray(String[]::new));
        Map<String, DistilledSet> manifests =
                cluster.all(Topics.DISTILLED_SETS).stream()
                        .collect(Collectors.toMap(DistilledSet::getRunId, set -> set));
        LabelsOnTheTopic labels = LabelsOnTheTopic.read(cluster);
        assertThat(results)
                .allSatisfy(
                        result -> labels.assertDigest(result, manifests.get(result.getRunId())));
    }

    @Test
    void anExperimentWaitsForItsCheckpointAndThenRuns() {
        // Given
        submit(
                experiment("waiting", STEPS)
                        .setHardLabels(false)
                        .setCheckpoints(List.of(LATE.getCheckpointId()))
                        .build());
        await().during(QUIET).atMost(PATIENCE).until(() -> cluster.published("waiting").isEmpty());

        // When
        labeler.announce(LATE);
        labeler.label(LATE, cluster.records(Topics.IMAGE_REFS));

        // Then
        awaitResults("waiting", 2);
        assertThat(cluster.results("waiting"))
                .extracting(Accuracy::getCheckpointId)
                .containsOnly(LATE.getCheckpointId());
    }

    @Test
    void aRunLongerThanARenewalOfItsLockStaysWithItsWorkerAndShowsItsCurveAsItGoes() {
        // Given
        Experiment experiment =
                experiment("long", LONG)
                        .setBudgets(List.of(new Budget(1, LONG, null, null)))
                        .setEvaluation(
                                new Choice(
                                        "final",
                                        Map.of(
                                                "validationImages",
                                                "9",
                                                "everySteps",
                                                Integer.toString(LONG / 4))))
                        .setSeeds(List.of(9L))
                        .build();

        // When
        submit(experiment);

        // Then
        awaitResults("long", 1);
        assertThat(cluster.results("long")).hasSize(1);
        assertThat(cluster.published("long")).hasSize(1);
        assertThat(
                        cluster.all(Topics.RUN_STATUS).stream()
                                .filter(status -> status.getExperimentId().equals("long"))
                                .map(RunStatus::getWorker)
                                .filter(Objects::nonNull)
                                .distinct())
                .hasSize(1);
        List<ConsumerRecord<String, Decoded<Accuracy>>> curve =
                cluster.records(Topics.ACCURACY).stream()
                        .filter(record -> event(record).getExperimentId().equals("long"))
                        .toList();
        assertThat(curve)
                .extracting(record -> event(record).getStep())
                .containsExactly(LONG / 4, LONG / 2, LONG / 4 * 3, LONG);
        // Had they waited for the end, the first would be as late as the last.
        double trainedBetween =
                event(curve.get(3)).getTrainSeconds() - event(curve.get(0)).getTrainSeconds();
        assertThat((double) curve.get(3).timestamp() - curve.get(0).timestamp())
                .isGreaterThan(trainedBetween * 500);
    }

    @Test
    void askingAgainForRunsThatAreCompleteRunsNothing() {
        // Given
        submit(experiment("once", STEPS).setSeeds(List.of(5L)).build());
        awaitResults("once", 2);
        int attempts = cluster.all(Topics.TRAINING_RUNS).size();

        // When
        submit(experiment("once", STEPS).setSeeds(List.of(5L)).build());
        submit(experiment("once-more", STEPS).setSeeds(List.of(5L)).build());

        // Then
        await().during(QUIET)
                .atMost(PATIENCE)
                .until(() -> cluster.all(Topics.TRAINING_RUNS).size() == attempts);
    }

    @Test
    void aRunWhoseImageIsCorruptFailsNamingItAndTheOthersGoOn() throws Exception {
        // Given
        Candidate broken = TinyDataset.candidates(cluster.dataRoot()).get(TinyDataset.CLASSES);
        assertThat(broken.rank()).isEqualTo(1);
        for (Candidate image : TinyDataset.candidates(cluster.dataRoot())) {
            boolean breakIt = image.imageId().equals(broken.imageId());
            send(breakIt ? withHash(image, "0".repeat(64)) : image, "broken");
        }

        // When
        submit(experiment("broken", STEPS).setSource("broken").build());

        // Then
        await().atMost(PATIENCE)
                .until(
                        () ->
                                cluster.statuses("broken").stream().filter(this::isFinal).count()
                                        == 2);
        assertThat(cluster.results("broken"))
                .extracting(Accuracy::getImagesPerClass)
                .containsExactly(1);
        assertThat(cluster.statuses("broken"))
                .filteredOn(status -> status.getState().equals("failed"))
                .singleElement()
                .extracting(RunStatus::getReason)
                .asString()
                .contains(broken.imageId(), "wrong-hash");
    }

    @Test
    void anExperimentThatMakesNoSenseIsDeadLetteredWithItsReason() {
        // Given
        Experiment senseless =
                experiment("senseless", STEPS).setStudent(TestEvents.choice("perceptron")).build();

        // When
        submit(senseless);

        // Then
        await().atMost(PATIENCE).until(() -> !cluster.all(Topics.DEAD_LETTERS).isEmpty());
        assertThat(cluster.all(Topics.DEAD_LETTERS))
                .singleElement()
                .extracting(DeadLetter::getKind, DeadLetter::getTopic)
                .containsExactly("bad-experiment", "experiments");
        assertThat(cluster.all(Topics.DEAD_LETTERS).get(0).getReason())
                .contains("senseless", "perceptron");
        assertThat(trainer.health().up()).isTrue();
    }

    private static Accuracy event(ConsumerRecord<String, Decoded<Accuracy>> record) {
        return record.value().value();
    }

    private boolean isFinal(RunStatus status) {
        return List.of("done", "failed").contains(status.getState());
    }

    private static void awaitResults(String experimentId, int count) {
        await().atMost(PATIENCE).until(() -> cluster.results(experimentId).size() >= count);
    }

    private static void submit(Experiment experiment) {
        producer.sendAndWait(Topics.EXPERIMENTS, experiment.getExperimentId(), experiment);
    }

    private static void send(Candidate image, String source) {
        producer.sendAndWait(
                Topics.IMAGE_REFS,
                Keys.imageRef(TinyDataset.NAME, source, image.imageId()),
                ref(image, source));
    }

    private static Candidate withHash(Candidate image, String sha256) {
        return new Candidate(
                image.imageId(), image.uri(), sha256, image.imageClass(), image.rank());
    }

    private static Map<Integer, Long> endOfThePool() {
        Map<Integer, Long> ends = new HashMap<>();
        cluster.records(Topics.IMAGE_REFS).stream()
                .filter(r -> r.value().value().getSource().equals("real"))
                .forEach(r -> ends.merge(r.partition(), r.offset() + 1, Math::max));
        return ends;
    }

    private static Map<Integer, Long> pinned(TrainingRun run) {
        return run.getPins().stream()
                .collect(Collectors.toMap(OffsetPin::getPartition, OffsetPin::getImageRefOffset));
    }
}
