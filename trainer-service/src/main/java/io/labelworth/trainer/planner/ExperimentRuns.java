package io.labelworth.trainer.planner;

import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.LabelTreatments;
import io.labelworth.learning.label.MeanTreatment;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.run.Drawn;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.run.Selection;
import io.labelworth.learning.run.Selections;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The runs of an experiment: budgets x (hard labels, each checkpoint, each ensemble) x seeds. A
 * seed chooses the images and seeds the training.
 */
public final class ExperimentRuns {

    private static final int HARD_FIRST = -1;
    private static final String STEPS = "steps";
    private static final String CHECKPOINT = "checkpoint";
    private static final String YET_TO_COME = "yet-to-come";

    private final Experiment experiment;
    private final int classes;
    private final Architecture student;
    private final Evaluation evaluation;
    private final List<LabelTreatment> ensembleTreatments;
    private final List<LabelTreatment> treatments;
    private final List<LabelTreatment> hardTreatments;
    private final List<WantedRun> runs = new ArrayList<>();

    private ExperimentRuns(Experiment experiment, DatasetInfo dataset) {
        this.experiment = experiment;
        this.classes = dataset.classes();
        this.student = architecture(experiment.getStudent());
        this.evaluation = Evaluation.of(experiment.getEvaluation().getParameters());
        requireKnown("recipe", experiment.getRecipe(), Recipe.NAME);
        requireKnown("evaluation", experiment.getEvaluation(), Evaluation.NAME);
        this.ensembleTreatments = treatments(experiment.getTreatments());
        // The mean of one is itself: one cell has one run id.
        this.treatments =
                ensembleTreatments.stream().filter(t -> !(t instanceof MeanTreatment)).toList();
        this.hardTreatments = treatments(experiment.getHardTreatments());
        require(
                dataset.version().equals(experiment.getDatasetVersion()),
                "dataset version is "
                        + dataset.version()
                        + ", not "
                        + experiment.getDatasetVersion());
        require(!experiment.getBudgets().isEmpty(), "it has no budgets");
        require(!experiment.getSeeds().isEmpty(), "it has no seeds");
        require(
                experiment.getHardLabels() || hasSoftLabels(),
                "it asks for neither hard labels nor any checkpoint's");
        require(
                experiment.getHardLabels() || hardTreatments.isEmpty(),
                "hard labels are treated, and it asks for none");
        requireTreatable();
        student.forDataset(dataset).requireTrainable();
    }

    /** Empty while the checkpoint that it asks has not landed. */
    private Optional<Selection> selection(Function<String, Optional<ExpertCheckpoint>> landed) {
        Choice choice = experiment.getSelection();
        if (choice == null) {
            return Optional.of(new Drawn());
        }
        Map<String, String> parameters = new HashMap<>(choice.getParameters());
        require(
                !parameters.containsKey(Selections.LABELLING),
                "a selection names the expert it asks by its parameter " + CHECKPOINT);
        String checkpointId = parameters.remove(CHECKPOINT);
        boolean known = true;
        if (checkpointId != null) {
            Optional<ExpertCheckpoint> checkpoint = landed.apply(checkpointId);
            known = checkpoint.isPresent();
            parameters.put(
                    Selections.LABELLING,
                    checkpoint.map(ExpertCheckpoint::getLabellingId).orElse(YET_TO_COME));
        }
        Selection selection = Selections.of(choice.getName(), parameters);
        for (Budget budget : experiment.getBudgets()) {
            selection.requirePossible(budget.getImagesPerClass(), experiment.getPool());
            selection.requireClasses(budget.getImagesPerClass(), classes);
        }
        return known ? Optional.of(selection) : Optional.empty();
    }

    private boolean hasSoftLabels() {
        return !experiment.getCheckpoints().isEmpty() || !experiment.getEnsembles().isEmpty();
    }

    /** Checked before any checkpoint has landed. */
    private void requireTreatable() {
        new TreatmentChain(hardTreatments, 0, classes, 0);
        if (hasSoftLabels()) {
            new TreatmentChain(treatments, 1, classes, 0);
        }
        for (List<String> ensemble : experiment.getEnsembles()) {
            require(
                    ensemble.size() > 1 && Set.copyOf(ensemble).size() == ensemble.size(),
                    "ensemble " + ensemble + " is not of two different checkpoints or more");
            new TreatmentChain(ensembleTreatments, ensemble.size(), classes, 0);
        }
    }

    /** Whether an experiment has runs on a checkpoint's labels. */
    static boolean awaits(Experiment experiment, String checkpointId) {
        Choice selection = experiment.getSelection();
        return experiment.getCheckpoints().contains(checkpointId)
                || selection != null
                        && checkpointId.equals(selection.getParameters().get(CHECKPOINT))
                || experiment.getEnsembles().stream().anyMatch(e -> e.contains(checkpointId));
    }

    /**
     * The runs whose checkpoints have landed; those of checkpoints yet to come are found by calling
     * again.
     *
     * @param datasets what is known of a dataset
     * @param landed the checkpoint of an id, once announced
     * @throws BadExperimentException when the experiment makes no sense, also for checkpoints yet
     *     to come
     */
    public static List<WantedRun> of(
            Experiment experiment,
            Function<String, DatasetInfo> datasets,
            Function<String, Optional<ExpertCheckpoint>> landed) {
        try {
            DatasetInfo dataset = datasets.apply(experiment.getDataset());
            ExperimentRuns expansion = new ExperimentRuns(experiment, dataset);
            experiment.getBudgets().forEach(budget -> expansion.add(budget, landed));
            return List.copyOf(expansion.runs);
        } catch (IllegalArgumentException | DatasetException | LabelException | ModelException e) {
            throw new BadExperimentException(
                    "experiment " + experiment.getExperimentId() + ": " + e.getMessage(), e);
        }
    }

    private void add(Budget budget, Function<String, Optional<ExpertCheckpoint>> landed) {
        Recipe recipe = recipe(budget);
        Optional<Selection> known = selection(landed);
        // Checked even if all runs are soft and no checkpoint has landed.
        RunSpec hard = spec(budget, recipe, RunSpec.HARD, List.of(), hardTreatments);
        if (known.isEmpty()) {
            return;
        }
        Selection selection = known.get();
        if (experiment.getHardLabels()) {
            addSeeds(hard.withSelection(selection), HARD_FIRST);
        }
        List<List<String>> experts = new ArrayList<>();
        experiment.getCheckpoints().forEach(checkpoint -> experts.add(List.of(checkpoint)));
        experts.addAll(experiment.getEnsembles());
        for (int order = 0; order < experts.size(); order++) {
            List<Optional<ExpertCheckpoint>> members =
                    experts.get(order).stream().map(landed).toList();
            if (members.stream().allMatch(Optional::isPresent)) {
                // Weights that were announced twice are one labelling.
                List<String> labellings =
                        members.stream().map(m -> m.get().getLabellingId()).distinct().toList();
                List<LabelTreatment> chain =
                        labellings.size() > 1 ? ensembleTreatments : treatments;
                RunSpec soft = spec(budget, recipe, RunSpec.FIXED_SOFT, labellings, chain);
                addSeeds(soft.withSelection(selection), order);
            }
        }
    }

    private static List<LabelTreatment> treatments(List<Choice> choices) {
        return choices.stream()
                .map(t -> LabelTreatments.of(t.getName(), t.getParameters()))
                .toList();
    }

    private void addSeeds(RunSpec spec, int checkpointOrder) {
        for (long seed : experiment.getSeeds()) {
            RunSpec seeded = spec.withSeeds(seed, seed);
            runs.add(
                    new WantedRun(
                            seeded,
                            seeded.runId(),
                            experiment.getExperimentId(),
                            checkpointOrder,
                            experiment.getCreatedAt()));
        }
    }

    private RunSpec spec(
            Budget budget,
            Recipe recipe,
            String regime,
            List<String> labellings,
            List<LabelTreatment> treated) {
        return new RunSpec(
                experiment.getDataset(),
                experiment.getDatasetVersion(),
                experiment.getSource(),
                budget.getImagesPerClass(),
                experiment.getPool(),
                regime,
                labellings,
                treated,
                student,
                recipe,
                evaluation,
                0,
                0);
    }

    private Recipe recipe(Budget budget) {
        Map<String, String> parameters = new HashMap<>(experiment.getRecipe().getParameters());
        require(!parameters.containsKey(STEPS), "steps belong to the budgets, not to the recipe");
        parameters.put(STEPS, Integer.toString(budget.getSteps()));
        return Recipe.of(parameters);
    }

    private static Architecture architecture(Choice student) {
        return new Architecture(student.getName(), student.getParameters());
    }

    private static void requireKnown(String what, Choice choice, String known) {
        require(
                choice.getName().equals(known),
                "unknown " + what + " \"" + choice.getName() + "\"; known: " + known);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
