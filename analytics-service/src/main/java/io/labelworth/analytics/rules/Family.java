package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import java.util.Map;
import java.util.TreeMap;

/**
 * Configurations that may be compared: same images to draw from, drawn in the same way, same
 * student, trained the same way for as long as their budget has it.
 *
 * @param dataset dataset
 * @param datasetVersion version of that dataset
 * @param source source of the images
 * @param selection how the images were selected; null where simply drawn
 * @param student student architecture
 * @param recipe how students are trained; without steps, which belong to the budget
 */
public record Family(
        String dataset,
        String datasetVersion,
        String source,
        Choice selection,
        Choice student,
        Choice recipe) {

    private static final String STEPS = "steps";

    /** Leaves the steps out of the recipe. */
    public Family {
        Map<String, String> parameters = new TreeMap<>(recipe.getParameters());
        parameters.remove(STEPS);
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

    private static String escaped(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }
}
