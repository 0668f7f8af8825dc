package io.labelworth.standalone.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.trainer.planner.WantedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DryRunTest {

    private static final DatasetInfo DATASET = new Datasets().info("fashion-mnist");
    private static final Map<String, ExpertCheckpoint> EXPERT = Announced.runs("expert");
    private static final String YAML =
            """
            name: small
            dataset: fashion-mnist
            pool: 20
            budgets:
              - {imagesPerClass: 1, steps: 100}
            hardLabels: true
            checkpoints: [expert/step-00000106]
            student: {name: convnet, parameters: {depth: 3, width: 8}}
            evaluation: {name: final, parameters: {validationImages: 1000}}
            seeds: [1, 2]
            """;

    @Test
    void theRunsAreATableByConfiguration() {
        assertThat(dryRun(YAML, Map.of(), List.of()).render())
                .isEqualTo(
                        """
                        IPC  steps  labels                runs  done  open  new
                          1    100  hard                     2     0     0    2
                          1    100  expert/step-00000106     2     0     0    2
                        4 runs in 2 configurations: 0 done, 0 waiting, queued or in training, 4 new
                        how long they take is not known: no such student has trained here in\
                         batches of that size
                        """);
    }

    @Test
    void variantsAreInTheOrderOfTheFile() {
        String swept =
                YAML.replace("hardLabels: true\n", "")
                        + "treatments: [{name: swap-top-k, parameters: {k: [3, 1, 2]}}]\n";

        assertThat(dryRun(swept, Map.of(), List.of()).render().lines().limit(4))
                .containsExactly(
                        "IPC  steps  labels                treatments       runs  done  open  new",
                        "  1    100  expert/step-00000106  swap-top-k(k=3)     2     0     0    2",
                        "  1    100  expert/step-00000106  swap-top-k(k=1)     2     0     0    2",
                        "  1    100  expert/step-00000106  swap-top-k(k=2)     2     0     0    2");
    }

    @Test
    void whatVariesHasAColumn() {
        String swept =
                YAML
                        + """
                        recipe: {name: sgd, parameters: {learningRate: [0.01, 0.1]}}
                        variants:
                          - treatments: [{name: keep-top-k, parameters: {k: 2, normalise: true}}]
                          - selection:
                              name: stratified
                              parameters: {checkpoint: expert/step-00000633}
                        """;

        assertThat(dryRun(swept, Map.of(), List.of()).render())
                .contains("keep-top-k(k=2,normalise=true)")
                .contains("stratified{labelling=expert/step-00000633}")
                .contains("sgd{learningRate=0.1}");
    }

    @Test
    void checkpointsThatHaveNotLandedAreNamed() {
        String awaiting = YAML.replace("expert/step-00000106", "other/step-00000001");

        assertThat(dryRun(awaiting, Map.of(), List.of()).render())
                .contains("2 runs in 1 configurations")
                .contains("not announced yet, so that their runs come later: other/step-00000001");
        assertThat(dryRun(YAML + "expertRun: expert", Map.of(), List.of()).render())
                .contains("14 runs in 7 configurations")
                .contains("every new checkpoint of expert joins");
    }

    /** Runs are identified by what they are: those of an enlarged sweep are known. */
    @Test
    void anEnlargedSweepHasOnlyItsNewCellsToTrain() {
        // Given: of the hard label's runs one is done and one under way; one soft one failed
        List<WantedRun> before = dryRun(YAML, Map.of(), List.of()).runs();
        Map<String, RunStatus> statuses =
                Map.of(
                        before.get(1).runId(), status(before.get(1), "running"),
                        before.get(2).runId(), status(before.get(2), "failed"),
                        before.get(3).runId(), status(before.get(3), "cancelled"));
        List<Accuracy> results =
                List.of(result(before.get(0), 2.0, null), result(before.get(1), 9, "attempt"));

        // When
        DryRun enlarged = dryRun(YAML.replace("[1, 2]", "[1, 2, 3]"), statuses, results);

        // Then
        assertThat(enlarged.render())
                .contains("  1    100  hard                     3     1     1    1\n")
                .contains("6 runs in 2 configurations: 1 done, 1 waiting, queued or in training, 3")
                .contains("3 new, 1 failed (--retry-failed tries them again)");
    }

    @Test
    void theTimeIsThatOfSuchStudentsAndTheirEvaluation() {
        // Given: 100 steps of 10 images took 2 s, 1000 validation and 10000 test images came after
        WantedRun hard = dryRun(YAML, Map.of(), List.of()).runs().get(0);
        List<Accuracy> results = List.of(result(hard, 2.0, null));

        // When
        DryRun dry = dryRun(YAML.replace("steps: 100", "steps: 200"), Map.of(), results);

        // Then: 200 steps of 20 ms, and 11000 images at a third of 2 ms
        double run = 4 + 11000 * 0.002 / 3;
        assertThat(dry.seconds()).isCloseTo(4 * run, within(1e-9));
        assertThat(dry.render()).contains("about 45s on 1 worker");
    }

    @Test
    void theTimeOfABatchBetweenTwoLiesBetweenTheirs() {
        // Given: steps of 10 images took 20 ms, of 30 images 30 ms
        WantedRun one = dryRun(YAML, Map.of(), List.of()).runs().get(0);
        WantedRun three =
                dryRun(YAML.replace("Class: 1", "Class: 3"), Map.of(), List.of()).runs().get(0);
        List<Accuracy> results = List.of(result(one, 2.0, null), result(three, 3.0, null));

        // Then
        assertThat(dryRun(YAML.replace("Class: 1", "Class: 2"), Map.of(), results).seconds())
                .isCloseTo(4 * (2.5 + 11000 * 0.001 / 3), within(1e-9));
    }

    @Test
    void aTimeThatNothingIsKnownOfIsNotGuessed() {
        // Given
        WantedRun hard = dryRun(YAML, Map.of(), List.of()).runs().get(0);
        List<Accuracy> results = List.of(result(hard, 2.0, null));

        // Then: larger batches, another student
        for (String unknown :
                List.of(
                        YAML.replace("Class: 1", "Class: 2"),
                        YAML.replace("width: 8", "width: 4"))) {
            assertThat(dryRun(unknown, Map.of(), results).untimed()).isEqualTo(4);
        }
        assertThat(
                        dryRun(
                                        YAML.replace(
                                                "budgets:\n",
                                                "budgets:\n"
                                                        + "  - {imagesPerClass: 2, steps: 100}\n"),
                                        Map.of(),
                                        results)
                                .render())
                .contains("; how long 4 of them take is not known: ");
    }

    private static DryRun dryRun(
            String yaml, Map<String, RunStatus> statuses, List<Accuracy> results) {
        ExperimentFile file = ExperimentFiles.parse(yaml, "small.yaml", null);
        return new DryRun(
                Experiments.event(file, DATASET.version(), file.checkpoints(), Instant.EPOCH),
                DATASET,
                EXPERT,
                new RunStates(statuses, results));
    }

    private static RunStatus status(WantedRun run, String state) {
        return RunStatus.newBuilder()
                .setRunId(run.runId())
                .setAttemptId(run.runId() + "-1")
                .setAttempt(1)
                .setExperimentId("e")
                .setState(state)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static Accuracy result(WantedRun run, double seconds, String replayOf) {
        var spec = run.spec();
        return Accuracy.newBuilder()
                .setRunId(run.runId())
                .setAttemptId(run.runId() + "-1")
                .setAttempt(1)
                .setReplayOf(replayOf)
                .setExperimentId("e")
                .setConfigurationId(spec.configurationId())
                .setFinalResult(true)
                .setDataset(spec.dataset())
                .setDatasetVersion(spec.datasetVersion())
                .setSource(spec.source())
                .setImagesPerClass(spec.imagesPerClass())
                .setRegime(spec.regime())
                .setCheckpointId(null)
                .setLabellingId(null)
                .setTreatments(List.of())
                .setStudent(new Choice(spec.student().name(), spec.student().parameters()))
                .setRecipe(new Choice(spec.recipe().name(), spec.recipe().parameters()))
                .setSubsetSeed(1)
                .setTrainingSeed(1)
                .setStep(spec.recipe().steps())
                .setSteps(spec.recipe().steps())
                .setTrainLoss(1)
                .setValidationAccuracy(0.5)
                .setValidationImages(1000)
                .setTestAccuracy(0.5)
                .setTestImages(10000)
                .setBestValidationAccuracy(0.5)
                .setBestStep(1)
                .setImages(10 * spec.imagesPerClass())
                .setImageBytes(1)
                .setLabelBytes(1)
                .setLabelEntropy(1)
                .setStudentCompute(1)
                .setDeviceFingerprint("here")
                .setTrainSeconds(seconds)
                .setMeasuredAt(Instant.EPOCH)
                .build();
    }
}
