package io.labelworth.learning.training;

import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.text.Decimals;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an expert is trained: plain SGD at a constant rate (PAPER, "Recipe of the reference").
 *
 * @param learningRate above 0, at most 100
 * @param momentum 0 to below 1
 * @param weightDecay 0 to 1
 * @param batchSize images of a step
 * @param augmentation dsa or none
 */
public record ExpertRecipe(
        double learningRate,
        double momentum,
        double weightDecay,
        int batchSize,
        String augmentation) {

    /** The paper's: rate 0.01, no momentum, no weight decay, batch 256, augmentation on. */
    public static final ExpertRecipe DEFAULT = new ExpertRecipe(0.01, 0, 0, 256, Recipe.DSA);

    /** Checks the ranges. */
    public ExpertRecipe {
        new Recipe(learningRate, momentum, weightDecay, batchSize, 1, 1, 1, augmentation);
    }

    /** Optimiser and schedule as text, for the checkpoint's record. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("learningRate", Decimals.text(learningRate));
        parameters.put("momentum", Decimals.text(momentum));
        parameters.put("weightDecay", Decimals.text(weightDecay));
        parameters.put("batchSize", Integer.toString(batchSize));
        parameters.put("schedule", "constant");
        parameters.put("augmentation", augmentation);
        return parameters;
    }

    Recipe forSteps(int steps) {
        return new Recipe(
                learningRate, momentum, weightDecay, batchSize, steps, 1, 1, augmentation);
    }
}
