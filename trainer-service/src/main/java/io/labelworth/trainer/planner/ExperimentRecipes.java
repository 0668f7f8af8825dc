package io.labelworth.trainer.planner;

import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.text.Decimals;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Experiment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The recipes of an experiment's runs: the experiment's own, for as long and at the rate that a
 * budget says. Epochs become steps here, so that a run has one identity however its length was
 * stated.
 */
final class ExperimentRecipes {

    private static final String STEPS = "steps";
    private static final String LEARNING_RATE = "learningRate";

    private final String name;
    private final Map<String, String> parameters;
    private final int classes;

    /**
     * Recipes of {@code experiment}.
     *
     * @param classes of its dataset
     * @throws IllegalArgumentException when the recipe says what belongs to the budgets
     */
    ExperimentRecipes(Experiment experiment, int classes) {
        this.name = experiment.getRecipe().getName();
        this.parameters = experiment.getRecipe().getParameters();
        this.classes = classes;
        if (parameters.containsKey(STEPS)) {
            throw new IllegalArgumentException("steps belong to the budgets, not to the recipe");
        }
    }

    /**
     * The recipe at {@code budget}.
     *
     * @param treatments of the run's labels, some of which leave images out
     * @throws IllegalArgumentException when the budget states both steps and epochs or neither, or
     *     a parameter is unknown or out of range
     */
    Recipe of(Budget budget, List<LabelTreatment> treatments) {
        Map<String, String> resolved = new HashMap<>(parameters);
        resolved.put(STEPS, Integer.toString(budget.getSteps()));
        if (budget.getLearningRate() != null) {
            resolved.put(LEARNING_RATE, Decimals.text(budget.getLearningRate()));
        }
        Integer epochs = budget.getEpochs();
        if (epochs == null) {
            return Recipe.of(name, resolved);
        }
        if (budget.getSteps() != 0) {
            throw new IllegalArgumentException("a budget states either steps or epochs, not both");
        }
        resolved.put(STEPS, "1");
        Recipe recipe = Recipe.of(name, resolved);
        long images =
                budget.getImagesPerClass()
                        * IntStream.range(0, classes)
                                .filter(c -> TreatmentChain.keeps(treatments, c))
                                .count();
        long steps = Recipe.stepsOf(epochs, images, recipe.batchSize());
        if (epochs < 1 || steps < 1 || steps > Recipe.MOST_STEPS) {
            throw new IllegalArgumentException(
                    String.format(
                            "%d epochs of %d images come to %d steps, not 1 to %d",
                            epochs, images, steps, Recipe.MOST_STEPS));
        }
        return recipe.withSteps((int) steps);
    }
}
