package io.labelworth.trainer.planner;

import static io.labelworth.trainer.planner.Given.checkpoint;
import static io.labelworth.trainer.planner.Given.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.label.LabelSmoothing;
import io.labelworth.learning.label.MeanProbabilities;
import io.labelworth.learning.label.Temperature;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.Variant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentRunsTest {

    private static final Map<String, ExpertCheckpoint> LANDED =
            Map.of("c1", checkpoint("c1", "1".repeat(64)), "c2", checkpoint("c2", "2".repeat(64)));

    @Test
    void anExperimentIsBudgetsTimesLabelsTimesSeeds() {
        // Given
        Experiment grid =
                experiment("grid")
                        .setBudgets(
                                List.of(
                                        new Budget(1, 10, null, null),
                                        new Budget(3, 20, null, null)))
                        .setCheckpoints(List.of("c1", "c2"))
                        .setSeeds(List.of(1L, 2L))
                        .build();

        // When
        List<WantedRun> runs = runs(grid);

        // Then
        assertThat(runs).hasSize(2 * 3 * 2);
        assertThat(runs).extracting(WantedRun::runId).doesNotHaveDuplicates();
        assertThat(runs)
                .allSatisfy(
                        run -> {
                            int steps = run.spec().imagesPerClass() == 1 ? 10 : 20;
                            assertThat(run.spec().recipe().steps()).isEqualTo(steps);
                            assertThat(run.spec().subsetSeed())
                                    .isEqualTo(run.spec().trainingSeed());
                        });
    }

    @Test
    void aCheckpointThatLabelsViewsMakesRunsOfARegimeOfTheirOwn() {
        // Given
        ExpertCheckpoint mixed =
                ExpertCheckpoint.newBuilder(checkpoint("mixed", "3".repeat(64)))
                        .setViews(new Choice("cutmix", Map.of("count", "4", "seed", "1")))
                        .build();
        ExpertCheckpoint cropped =
                ExpertCheckpoint.newBuilder(checkpoint("cropped", "4".repeat(64)))
                        .setViews(new Choice("crop", Map.of("count", "2")))
                        .build();
        Map<String, ExpertCheckpoint> landed =
                Map.of("c1", LANDED.get("c1"), "mixed", mixed, "cropped", cropped);

        // When
        List<RunSpec> specs =
                ExperimentRuns.of(
                                experiment("views")
                                        .setHardLabels(false)
                                        .setCheckpoints(List.of("c1", "mixed", "cropped"))
                                        .setSeeds(List.of(1L, 2L))
                                        .build(),
                                Given::datasets,
                                landed)
                        .stream()
                        .map(WantedRun::spec)
                        .toList();

        // Then: views that mix images need the first ranks, whose partners are all there
        assertThat(specs)
                .extracting(
                        RunSpec::regime,
                        spec -> spec.views().map(Views::text).orElse(""),
                        RunSpec::subsetSeed,
                        RunSpec::trainingSeed)
                .containsExactly(
                        Assertions.tuple("fixed-soft", "", 1L, 1L),
                        Assertions.tuple("fixed-soft", "", 2L, 2L),
                        Assertions.tuple("multi-view", "cutmix(count=4,seed=1)", 0L, 1L),
                        Assertions.tuple("multi-view", "cutmix(count=4,seed=1)", 0L, 2L),
                        Assertions.tuple("multi-view", "crop(count=2)", 1L, 1L),
                        Assertions.tuple("multi-view", "crop(count=2)", 2L, 2L));
    }

    @Test
    void whatACheckpointAddsIsWhatTheExperimentHasOfIt() {
        // Given
        Experiment grid =
                experiment("grid")
                        .setCheckpoints(List.of("c1", "c2"))
                        .setEnsembles(List.of(List.of("c1", "c2")))
                        .setTreatments(List.of(new Choice("mean-logits", Map.of())))
                        .build();

        // When
        List<WantedRun> all = runs(grid);
        List<WantedRun> added = ExperimentRuns.on("c2", grid, Given::datasets, LANDED);

        // Then: its own and the ensemble's, at the places that they have in the whole
        String labelling = LANDED.get("c2").getLabellingId();
        assertThat(added)
                .hasSize(2)
                .isEqualTo(
                        all.stream()
                                .filter(run -> run.spec().labellings().contains(labelling))
                                .toList());
    }

    @Test
    void smallBudgetsComeFirstThenHardLabelsThenCheckpointsInTheirOrder() {
        // Given
        Experiment grid =
                experiment("grid")
                        .setBudgets(
                                List.of(
                                        new Budget(3, 20, null, null),
                                        new Budget(1, 10, null, null)))
                        .setCheckpoints(List.of("c2", "c1"))
                        .build();

        // When
        List<WantedRun> byPriority = runs(grid).stream().sorted().toList();

        // Then
        assertThat(byPriority)
                .extracting(run -> run.spec().imagesPerClass(), run -> run.spec().labellings())
                .containsExactly(
                        tuple(1, ""),
                        tuple(1, "2"),
                        tuple(1, "1"),
                        tuple(3, ""),
                        tuple(3, "2"),
                        tuple(3, "1"));
    }

    @Test
    void runsOfACheckpointThatHasNotLandedAreNotKnownYet() {
        // Given
        Experiment grid = experiment("grid").setCheckpoints(List.of("c1", "to-come")).build();

        // When
        List<WantedRun> runs = runs(grid);

        // Then
        assertThat(runs).hasSize(2);
    }

    @Test
    void anEnsembleIsOneRunAndSingleCheckpointsHaveNoMean() {
        // Given
        Experiment grid =
                experiment("grid")
                        .setCheckpoints(List.of("c1"))
                        .setEnsembles(List.of(List.of("c2", "c1"), List.of("c1", "to-come")))
                        .setTreatments(
                                List.of(
                                        new Choice("temperature", Map.of("value", "2")),
                                        new Choice("mean-probabilities", Map.of())))
                        .build();

        // When
        List<RunSpec> specs = runs(grid).stream().map(WantedRun::spec).toList();

        // Then
        assertThat(specs)
                .extracting(RunSpec::labellings, RunSpec::treatments)
                .containsExactly(
                        Assertions.tuple(List.of(), List.of()),
                        Assertions.tuple(List.of("1".repeat(64)), List.of(new Temperature(2))),
                        Assertions.tuple(
                                List.of("1".repeat(64), "2".repeat(64)),
                                List.of(new Temperature(2), new MeanProbabilities())));
    }

    @Test
    void eachVariantHasTheExperimentsRunsWithItsOwnInstead() {
        // Given
        Experiment swept =
                experiment("swept")
                        .setCheckpoints(List.of("c1"))
                        .setTreatments(List.of(new Choice("shuffle-others", Map.of())))
                        .setVariants(
                                List.of(
                                        new Variant(List.of(), null, null, null, null),
                                        variant().build(),
                                        variant()
                                                .setRecipe(
                                                        new Choice(
                                                                "sgd",
                                                                Map.of("learningRate", "0.1")))
                                                .build()))
                        .build();

        // When
        List<RunSpec> specs = runs(swept).stream().map(WantedRun::spec).toList();

        // Then: hard labels, which the first two have in common, once
        assertThat(specs)
                .extracting(
                        RunSpec::regime,
                        spec -> spec.treatments().size(),
                        spec -> spec.recipe().learningRate())
                .containsExactly(
                        Assertions.tuple("hard", 0, 0.01),
                        Assertions.tuple("fixed-soft", 0, 0.01),
                        Assertions.tuple("fixed-soft", 1, 0.01),
                        Assertions.tuple("hard", 0, 0.1),
                        Assertions.tuple("fixed-soft", 1, 0.1));
    }

    @Test
    void aVariantThatIsTheExperimentItselfHasTheSameRuns() {
        // Given
        Experiment plain = experiment("e").setCheckpoints(List.of("c1")).build();
        Experiment varied =
                Experiment.newBuilder(plain)
                        .setVariants(
                                List.of(
                                        variant()
                                                .setTreatments(List.of())
                                                .setSelection(new Choice("drawn", Map.of()))
                                                .build()))
                        .build();

        // Then
        assertThat(runs(varied)).isEqualTo(runs(plain));
    }

    @Test
    void aSubsetSeedFixesTheImagesSoThatSeedsVaryTheTrainingAlone() {
        // Given
        Experiment learned = experiment("e").setSubsetSeed(7L).setSeeds(List.of(1L, 2L)).build();

        // Then
        assertThat(runs(learned))
                .extracting(run -> run.spec().subsetSeed(), run -> run.spec().trainingSeed())
                .containsExactly(Assertions.tuple(7L, 1L), Assertions.tuple(7L, 2L));
    }

    @Test
    void everyCheckpointOfAnExpertRunJoinsBehindThoseThatAreListed() {
        // Given
        Experiment live =
                experiment("live")
                        .setCheckpoints(List.of("c2"))
                        .setExpertRuns(List.of("expert"))
                        .setHardLabels(false)
                        .build();
        ExpertCheckpoint late =
                ExpertCheckpoint.newBuilder(checkpoint("late", "3".repeat(64))).setStep(90).build();
        ExpertCheckpoint views =
                ExpertCheckpoint.newBuilder(checkpoint("views", "4".repeat(64)))
                        .setViews(new Choice("cutmix", Map.of("count", "4", "seed", "1")))
                        .build();
        ExpertCheckpoint retired =
                ExpertCheckpoint.newBuilder(checkpoint("retired", "5".repeat(64)))
                        .setRetired(true)
                        .build();
        ExpertCheckpoint retiredSince =
                ExpertCheckpoint.newBuilder(checkpoint("retired-since", "6".repeat(64)))
                        .setStep(80)
                        .setRetired(true)
                        .setCreatedAt(Given.NOW.plusSeconds(1))
                        .build();
        ExpertCheckpoint another =
                ExpertCheckpoint.newBuilder(checkpoint("another", "7".repeat(64)))
                        .setRun("another")
                        .build();
        Map<String, ExpertCheckpoint> landed =
                Stream.of(
                                late,
                                views,
                                retired,
                                retiredSince,
                                another,
                                LANDED.get("c1"),
                                LANDED.get("c2"))
                        .collect(Collectors.toMap(ExpertCheckpoint::getCheckpointId, c -> c));

        // When
        List<WantedRun> runs = ExperimentRuns.of(live, Given::datasets, landed);

        // Then
        assertThat(runs.stream().sorted().toList())
                .extracting(run -> run.spec().labellings().get(0).substring(0, 1))
                .containsExactly("2", "1", "6", "3");
        assertThat(ExperimentRuns.awaits(live, late)).isTrue();
        assertThat(ExperimentRuns.awaits(live, views)).isFalse();
    }

    private static Variant.Builder variant() {
        return Variant.newBuilder();
    }

    @Test
    void hardLabelsHaveTreatmentsOfTheirOwn() {
        // Given
        Experiment grid =
                experiment("grid")
                        .setCheckpoints(List.of("c1"))
                        .setHardTreatments(
                                List.of(new Choice("label-smoothing", Map.of("weight", "0.1"))))
                        .build();

        // Then
        assertThat(runs(grid))
                .extracting(run -> run.spec().treatments())
                .containsExactly(List.of(new LabelSmoothing(0.1)), List.of());
    }

    @Test
    void epochsBecomeStepsSoThatARunHasOneIdentity() {
        // Given: 2 classes, so that 3 images per class are two batches of 4 at most
        Choice recipe = new Choice("sgd", Map.of("batchSize", "4"));
        Experiment inEpochs =
                experiment("grid")
                        .setRecipe(recipe)
                        .setBudgets(List.of(new Budget(3, 0, 5, null)))
                        .build();
        Experiment inSteps =
                experiment("grid")
                        .setRecipe(recipe)
                        .setBudgets(List.of(new Budget(3, 10, null, null)))
                        .build();
        Experiment withoutAClass =
                Experiment.newBuilder(inEpochs)
                        .setHardTreatments(
                                List.of(new Choice("remove-class", Map.of("class", "1"))))
                        .build();

        // Then
        assertThat(runs(inEpochs))
                .extracting(WantedRun::runId)
                .isEqualTo(runs(inSteps).stream().map(WantedRun::runId).toList());
        assertThat(runs(withoutAClass))
                .extracting(run -> run.spec().recipe().steps())
                .containsExactly(5);
    }

    @Test
    void aBudgetMayHaveItsOwnLearningRate() {
        // Given
        Experiment grid =
                experiment("grid")
                        .setBudgets(
                                List.of(new Budget(1, 5, null, 0.05), new Budget(2, 5, null, null)))
                        .setRecipe(new Choice("adamw", Map.of("learningRate", "0.002")))
                        .build();

        // Then
        assertThat(runs(grid))
                .extracting(run -> run.spec().recipe().learningRate())
                .containsExactly(0.05, 0.002);
    }

    static Stream<Experiment> nonsense() {
        return Stream.of(
                experiment("bad").setBudgets(List.of(new Budget(1, 5, 5, null))).build(),
                experiment("bad").setBudgets(List.of(new Budget(1, 0, 0, null))).build(),
                experiment("bad").setBudgets(List.of(new Budget(1, 0, 10_000_001, null))).build(),
                experiment("bad").setBudgets(List.of(new Budget(1, 5, null, -1.0))).build(),
                experiment("bad").setBudgets(List.of(new Budget(1, 5, null, Double.NaN))).build(),
                experiment("bad").setRecipe(new Choice("adamw", Map.of("momentum", "0"))).build(),
                experiment("bad").setDataset("imaginary").build(),
                experiment("bad").setDatasetVersion("tiny-2").build(),
                experiment("bad").setBudgets(List.of()).build(),
                experiment("bad").setBudgets(List.of(new Budget(5, 10, null, null))).build(),
                experiment("bad").setBudgets(List.of(new Budget(1, 0, null, null))).build(),
                experiment("bad").setSeeds(List.of()).build(),
                experiment("bad").setHardLabels(false).build(),
                experiment("bad").setStudent(new Choice("perceptron", Map.of())).build(),
                experiment("bad").setRecipe(new Choice("sgd", Map.of("steps", "9"))).build(),
                experiment("bad").setRecipe(new Choice("sgd", Map.of("speed", "9"))).build(),
                experiment("bad")
                        .setTreatments(List.of(new Choice("homeopathy", Map.of())))
                        .build(),
                // Of two classes, and before any checkpoint has landed:
                selecting(new Choice("best", Map.of())),
                selecting(new Choice("stratified", Map.of())),
                soft(new Choice("mean-logits", Map.of())),
                selecting(new Choice("decile", Map.of("decile", "11", "checkpoint", "to-come"))),
                selecting(new Choice("decile", Map.of("decile", "2", "checkpoint", "to-come"))),
                selecting(new Choice("stratified", Map.of("labelling", "1"))),
                selecting(new Choice("listed", Map.of("images", "only-one"))),
                soft(new Choice("swap-one", Map.of("rank", "2"))),
                soft(new Choice("remove-class", Map.of("class", "2"))),
                soft(new Choice("swap-one", Map.of("k", "1"))),
                experiment("bad").setEnsembles(List.of(List.of("c1", "c2"))).build(),
                experiment("bad")
                        .setEnsembles(List.of(List.of("c1", "c1")))
                        .setTreatments(List.of(new Choice("mean-logits", Map.of())))
                        .build(),
                experiment("bad")
                        .setHardLabels(false)
                        .setCheckpoints(List.of("c1"))
                        .setHardTreatments(
                                List.of(new Choice("label-smoothing", Map.of("weight", "0.1"))))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void anExperimentThatMakesNoSenseIsRefusedByName(Experiment nonsense) {
        // When / Then
        assertThatThrownBy(() -> runs(nonsense))
                .isInstanceOf(BadExperimentException.class)
                .hasMessageStartingWith("experiment bad: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anUnknownRecipeOrEvaluationIsRefusedNamingTheKnownOne() {
        assertThatThrownBy(
                        () ->
                                runs(
                                        experiment("bad")
                                                .setRecipe(new Choice("adam", Map.of()))
                                                .build()))
                .isInstanceOf(BadExperimentException.class)
                .hasMessage("experiment bad: unknown recipe \"adam\"; known: adamw, sgd");
        assertThatThrownBy(
                        () ->
                                runs(
                                        experiment("bad")
                                                .setEvaluation(new Choice("best", Map.of()))
                                                .build()))
                .isInstanceOf(BadExperimentException.class)
                .hasMessage("experiment bad: unknown evaluation \"best\"; known: final");
    }

    @Test
    void aSelectionIsToldToNameItsCheckpoint() {
        assertThatThrownBy(() -> runs(selecting(new Choice("decile", Map.of("decile", "1")))))
                .hasMessage(
                        "experiment bad: selection decile takes the parameter checkpoint, not"
                                + " [decile]");
    }

    @Test
    void runsWhoseSelectionAsksACheckpointYetToComeAreNotKnownYet() {
        // Given
        Map<String, String> asked = Map.of("checkpoint", "c2");
        Experiment stratified =
                experiment("grid").setSelection(new Choice("stratified", asked)).build();

        // Then
        assertThat(runs(stratified))
                .singleElement()
                .satisfies(
                        run ->
                                assertThat(run.spec().selection().labelling())
                                        .contains("2".repeat(64)));
        assertThat(ExperimentRuns.of(stratified, Given::datasets, Map.of())).isEmpty();
        assertThat(ExperimentRuns.awaits(stratified, LANDED.get("c2"))).isTrue();
        Experiment varied =
                experiment("grid")
                        .setVariants(
                                List.of(
                                        variant()
                                                .setSelection(new Choice("stratified", asked))
                                                .build()))
                        .build();
        assertThat(ExperimentRuns.awaits(varied, LANDED.get("c2"))).isTrue();
        assertThat(ExperimentRuns.on("c2", varied, Given::datasets, LANDED)).hasSize(1);
    }

    private static Experiment selecting(Choice selection) {
        return experiment("bad").setSelection(selection).build();
    }

    private static Experiment soft(Choice treatment) {
        return experiment("bad")
                .setCheckpoints(List.of("to-come"))
                .setTreatments(List.of(treatment))
                .build();
    }

    private static List<WantedRun> runs(Experiment experiment) {
        return ExperimentRuns.of(experiment, Given::datasets, LANDED);
    }

    private static Tuple tuple(int imagesPerClass, String digit) {
        return Assertions.tuple(
                imagesPerClass, digit.isEmpty() ? List.of() : List.of(digit.repeat(64)));
    }
}
