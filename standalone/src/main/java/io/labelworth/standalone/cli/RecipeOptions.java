package io.labelworth.standalone.cli;

import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.text.Decimals;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How an expert is trained. */
final class RecipeOptions {

    /** What an expert has by itself where an option does not say otherwise. */
    private static final Map<String, String> SGD = Recipe.EXPERT.everyParameter();

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "sgd",
            description = "sgd or adamw (default: ${DEFAULT-VALUE})")
    private String optimiser;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "first learning rate (default: 0.01; of adamw 0.001)")
    private Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description =
                    "constant, step (x 0.3 every quarter) or cosine (default: constant; of adamw"
                            + " cosine)")
    private String schedule;

    @Option(names = "--momentum", paramLabel = "M", description = "momentum of sgd (default: 0)")
    private Double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "D",
            description = "weight decay (default: 0; of adamw 0.01)")
    private Double weightDecay;

    @Option(names = "--batch", paramLabel = "N", description = "images of a step (default: 256)")
    private Integer batch;

    @Option(names = "--no-augmentation", description = "train on the images as they are")
    private boolean plain;

    @Option(
            names = "--zca",
            arity = "0..1",
            paramLabel = "EPS",
            fallbackValue = "0.1",
            description =
                    "whiten what the network sees by ZCA, fitted on the training split (EPS: 0.1;"
                            + " default: no whitening)")
    private Double zca;

    /**
     * The recipe, its steps left to the epochs.
     *
     * @throws UserException when there is no such recipe
     */
    Recipe recipe() {
        Map<String, String> parameters = new TreeMap<>();
        if (optimiser.equals(Recipe.EXPERT.name())) {
            parameters.putAll(SGD);
        }
        put(parameters, "learningRate", learningRate);
        put(parameters, "momentum", momentum);
        put(parameters, "weightDecay", weightDecay);
        put(parameters, "zca", zca);
        if (schedule != null) {
            parameters.put("schedule", schedule);
        }
        if (batch != null) {
            parameters.put("batchSize", batch.toString());
        }
        if (plain) {
            parameters.put("augmentation", Recipe.NONE);
        }
        parameters.put("steps", "1");
        try {
            return Recipe.of(optimiser, parameters);
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }

    private static void put(Map<String, String> parameters, String name, Double value) {
        if (value != null) {
            if (!Double.isFinite(value)) {
                throw new UserException(name + " is " + value + ", not a number");
            }
            parameters.put(name, Decimals.text(value));
        }
    }
}
