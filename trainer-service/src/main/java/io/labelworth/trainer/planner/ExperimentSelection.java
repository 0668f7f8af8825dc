package io.labelworth.trainer.planner;

import io.labelworth.learning.run.Drawn;
import io.labelworth.learning.run.Selection;
import io.labelworth.learning.run.Selections;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The selection of an experiment, which names an expert by checkpoint as specs do by labelling. */
final class ExperimentSelection {

    private static final String CHECKPOINT = "checkpoint";
    private static final String YET_TO_COME = "yet-to-come";

    private final String name;
    private final Map<String, String> parameters;

    /**
     * Checks it for every budget, before any checkpoint has landed.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    ExperimentSelection(Experiment experiment, int classes) {
        Choice choice = experiment.getSelection();
        Choice orDrawn =
                choice == null ? new Choice(new Drawn().name(), new Drawn().parameters()) : choice;
        this.name = orDrawn.getName();
        this.parameters = Map.copyOf(orDrawn.getParameters());
        if (parameters.containsKey(Selections.LABELLING)
                || Selections.asksAnExpert(name) != parameters.containsKey(CHECKPOINT)) {
            throw new IllegalArgumentException(
                    String.format(
                            "selection %s takes %s parameter %s, not %s",
                            name,
                            Selections.asksAnExpert(name) ? "the" : "no",
                            CHECKPOINT,
                            parameters.keySet()));
        }
        Selection selection = with(YET_TO_COME);
        for (Budget budget : experiment.getBudgets()) {
            selection.requirePossible(budget.getImagesPerClass(), experiment.getPool());
            selection.requireClasses(budget.getImagesPerClass(), classes);
        }
    }

    /** Whether a selection, null for the plain draw, asks the expert of a checkpoint. */
    static boolean asks(Choice choice, String checkpointId) {
        return choice != null && checkpointId.equals(choice.getParameters().get(CHECKPOINT));
    }

    /** The selection of the runs; empty while the checkpoint that it asks has not landed. */
    Optional<Selection> resolve(Map<String, ExpertCheckpoint> landed) {
        String checkpointId = parameters.get(CHECKPOINT);
        return checkpointId == null
                ? Optional.of(with(null))
                : Optional.ofNullable(landed.get(checkpointId))
                        .map(checkpoint -> with(checkpoint.getLabellingId()));
    }

    private Selection with(String labelling) {
        Map<String, String> resolved = new HashMap<>(parameters);
        if (resolved.remove(CHECKPOINT) != null) {
            resolved.put(Selections.LABELLING, labelling);
        }
        return Selections.of(name, resolved);
    }
}
