package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Configurations that may be compared: same images to draw from, drawn in the same way, same
 * student, trained the same way for as long and at the rate that their budget has.
 *
 * @param dataset dataset
 * @param datasetVersion version of that dataset
 * @param source source of the images
 * @param selection how the images were selected; null where simply drawn
 * @param student student architecture
 * @param recipe how students are trained; without steps and learning rate, which belong to the
 *     budget: larger ones want other rates (PAPER, "Results"), and the best one is chosen on
 *     validation
 */
public record Family(
        String dataset,
        String datasetVersion,
        String source,
        Choice selection,
        Choice student,
        Choice recipe) {

    private static final Set<String> OF_THE_BUDGET = Set.of("steps", "learningRate");

    /** Leaves out of the recipe what belongs to the budget. */
    public Family {
        Map<String, String> parameters = new TreeMap<>(recipe.getParameters());
        parameters.keySet().removeAll(OF_THE_BUDGET);
        recipe = new Choice(recipe.getName(), parameters);
    }

    /** The family of a configuration. */
    public static Family of(AccuracySummary summary) {
        return new Family(
                summary.getDataset(),
                summary.getDatasetVersion(),
                summary.getSource(),
                summary.getSelection(),
                summary.getStudent(),
                summary.getRecipe());
    }

    /**
     * {@code dataset@version/source/student/recipe}, student and recipe as {@code
     * name[parameter=value,...]} with parameters sorted; a selection follows its source with a +.
     * Exactly four parts: a slash inside one is written {@code %2F}, so that no family's key is a
     * prefix of another's.
     */
    public String key() {
        return escaped(dataset + "@" + datasetVersion)
                + "/"
                + escaped(selection == null ? source : source + "+" + Choices.text(selection))
                + "/"
                + escaped(Choices.text(student))
                + "/"
                + escaped(Choices.text(recipe));
    }

    /** Key of one of the family's frontiers on pareto-frontier. */
    public String frontierKey(String regime, CostAxis axis) {
        return key() + "/" + escaped(regime) + "/" + axis.text();
    }

    /** Key of the family's label worth at one budget on label-worth. */
    public String worthKey(int imagesPerClass) {
        return key() + "/" + imagesPerClass;
    }

    /** Key of one of the family's laws on scaling-laws. */
    public String lawKey(Curve.Name curve) {
        String best = key() + "/" + escaped(curve.regime());
        return curve.checkpointId() == null ? best : best + "/" + escaped(curve.checkpointId());
    }

    private static String escaped(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }
}
