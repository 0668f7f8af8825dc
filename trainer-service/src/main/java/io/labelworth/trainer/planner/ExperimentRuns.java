package io.labelworth.trainer.planner;

import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.run.Evaluation;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.run.Selection;
import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The runs of an experiment: budgets x (hard labels, each checkpoint, each ensemble) x seeds. A
 * seed chooses the images and seeds the training; of runs on views that mix images, the training
 * alone. A checkpoint that labels views makes runs of regime multi-view.
 */
public final class ExperimentRuns {

    private static final int HARD_FIRST = -1;

    private final Experiment experiment;
    private final Architecture student;
    private final Evaluation evaluation;
    private final ExperimentTreatments treatments;
    private final ExperimentRecipes recipes;
    private final ExperimentSelection selection;
    private final List<WantedRun> runs = new ArrayList<>();

    private ExperimentRuns(Experiment experiment, DatasetInfo dataset) {
        this.experiment = experiment;
        this.student = architecture(experiment.getStudent());
        this.evaluation = Evaluation.of(experiment.getEvaluation().getParameters());
        require(
                experiment.getEvaluation().getName().equals(Evaluation.NAME),
                String.format(
                        "unknown evaluation \"%s\"; known: %s",
                        experiment.getEvaluation().getName(), Evaluation.NAME));
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
        this.recipes = new ExperimentRecipes(experiment, dataset.classes());
        this.treatments = new ExperimentTreatments(experiment, dataset.classes());
        this.selection = new ExperimentSelection(experiment, dataset.classes());
        student.forDataset(dataset).requireTrainable();
    }

    private boolean hasSoftLabels() {
        return !experiment.getCheckpoints().isEmpty() || !experiment.getEnsembles().isEmpty();
    }

    /** Whether an experiment has runs on a checkpoint's labels. */
    static boolean awaits(Experiment experiment, String checkpointId) {
        return experiment.getCheckpoints().contains(checkpointId)
                || ExperimentSelection.asks(experiment, checkpointId)
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
        return of(experiment, datasets, landed, experts -> true);
    }

    /**
     * Those of the runs that need one checkpoint: what its landing adds. An experiment of a
     * thousand checkpoints would else be expanded a thousand times.
     */
    static List<WantedRun> on(
            String checkpointId,
            Experiment experiment,
            Function<String, DatasetInfo> datasets,
            Function<String, Optional<ExpertCheckpoint>> landed) {
        boolean all = ExperimentSelection.asks(experiment, checkpointId);
        return of(experiment, datasets, landed, experts -> all || experts.contains(checkpointId));
    }

    private static List<WantedRun> of(
            Experiment experiment,
            Function<String, DatasetInfo> datasets,
            Function<String, Optional<ExpertCheckpoint>> landed,
            Predicate<List<String>> concerned) {
        try {
            DatasetInfo dataset = datasets.apply(experiment.getDataset());
            ExperimentRuns expansion = new ExperimentRuns(experiment, dataset);
            experiment.getBudgets().forEach(budget -> expansion.add(budget, landed, concerned));
            return List.copyOf(expansion.runs);
        } catch (IllegalArgumentException | DatasetException | LabelException | ModelException e) {
            throw new BadExperimentException(
                    "experiment " + experiment.getExperimentId() + ": " + e.getMessage(), e);
        }
    }

    private void add(
            Budget budget,
            Function<String, Optional<ExpertCheckpoint>> landed,
            Predicate<List<String>> concerned) {
        Optional<Selection> known = selection.resolve(landed);
        // Checked even if all runs are soft and no checkpoint has landed.
        RunSpec hard = spec(budget, RunSpec.HARD, List.of());
        if (known.isEmpty()) {
            return;
        }
        if (experiment.getHardLabels() && concerned.test(List.of())) {
            addSeeds(hard.withSelection(known.get()), HARD_FIRST);
        }
        List<List<String>> experts = new ArrayList<>();
        experiment.getCheckpoints().forEach(checkpoint -> experts.add(List.of(checkpoint)));
        experts.addAll(experiment.getEnsembles());
        for (int order = 0; order < experts.size(); order++) {
            if (!concerned.test(experts.get(order))) {
                continue;
            }
            List<Optional<ExpertCheckpoint>> members =
                    experts.get(order).stream().map(landed).toList();
            if (members.stream().allMatch(Optional::isPresent)) {
                // Weights that were announced twice are one labelling.
                List<String> labellings =
                        members.stream().map(m -> m.get().getLabellingId()).distinct().toList();
                RunSpec soft = spec(budget, RunSpec.FIXED_SOFT, labellings);
                RunSpec seen =
                        LabelledViews.of(members.get(0).get()).map(soft::withViews).orElse(soft);
                addSeeds(seen.withSelection(known.get()), order);
            }
        }
    }

    private void addSeeds(RunSpec spec, int checkpointOrder) {
        // Only the first ranks of every class hold all that their views mix in.
        boolean firstRanks = spec.views().filter(Views::mixes).isPresent();
        for (long seed : experiment.getSeeds()) {
            RunSpec seeded = spec.withSeeds(firstRanks ? 0 : seed, seed);
            runs.add(
                    new WantedRun(
                            seeded,
                            seeded.runId(),
                            experiment.getExperimentId(),
                            checkpointOrder,
                            experiment.getCreatedAt()));
        }
    }

    private RunSpec spec(Budget budget, String regime, List<String> labellings) {
        List<LabelTreatment> treated = treatments.of(labellings.size());
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
                recipes.of(budget, treated),
                evaluation,
                0,
                0);
    }

    private static Architecture architecture(Choice student) {
        return new Architecture(student.getName(), student.getParameters());
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
