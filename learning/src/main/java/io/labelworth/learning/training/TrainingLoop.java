package io.labelworth.learning.training;

import io.labelworth.learning.augment.Augmentation;
import io.labelworth.learning.augment.DsaAugmentation;
import io.labelworth.learning.augment.ImageSize;
import io.labelworth.learning.network.NetworkShape;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.random.Seeds;
import io.labelworth.learning.run.Recipe;

/**
 * Steps of one training run, experts' and students' alike. Batch order and augmentation have a
 * random stream each, so the run is a function of its arguments.
 */
public final class TrainingLoop {

    private final TrainableNetwork network;
    private final Examples examples;
    private final Normalizer normalizer;
    private final Recipe recipe;
    private final Batches batches;
    private final Augmentation augmentation;
    private final Descent descent;
    private final float[] batch;
    private int step;
    private long imagesSeen;

    TrainingLoop(
            TrainableNetwork network,
            Examples examples,
            Normalizer normalizer,
            Recipe recipe,
            long seed) {
        this.network = network;
        this.examples = examples;
        this.normalizer = normalizer;
        this.recipe = recipe;
        NetworkShape shape = network.shape();
        int batchSize = Math.min(recipe.batchSize(), examples.size());
        batches = new Batches(examples.size(), batchSize, Seeds.stream(seed, "batches"));
        augmentation =
                recipe.augmentation().equals(Recipe.DSA)
                        ? new DsaAugmentation(
                                new ImageSize(
                                        shape.channels(), shape.imageHeight(), shape.imageWidth()),
                                Seeds.stream(seed, "augmentation"))
                        : Augmentation.NONE;
        descent = new Descent(network, recipe.optimiser());
        batch = new float[batchSize * shape.inputFloats()];
    }

    /** A run on a distilled set. */
    public static TrainingLoop on(
            TrainingSet set,
            TrainableNetwork network,
            Normalizer normalizer,
            Recipe recipe,
            long seed) {
        return new TrainingLoop(network, Examples.of(set), normalizer, recipe, seed);
    }

    /**
     * Takes one step.
     *
     * @return the batch's mean loss in nats, before the step
     * @throws TrainingException when it is not finite
     */
    public double step() {
        int[] images = batches.next();
        int pass = batches.pass();
        normalizer.normalize(images.length, i -> examples.pixels(images[i], pass), batch);
        augmentation.apply(batch, images.length);
        double[] sum = new double[1];
        double scale = 1.0 / images.length;
        network.train(
                batch,
                images.length,
                (i, logits, gradient) ->
                        sum[0] +=
                                SoftCrossEntropy.loss(
                                        logits, examples.target(images[i], pass), scale, gradient));
        double loss = sum[0] * scale;
        if (!Double.isFinite(loss)) {
            throw new TrainingException(
                    "the loss is " + loss + " at step " + (step + 1) + "; lower the learning rate");
        }
        descent.step(recipe.learningRateAt(step));
        step++;
        imagesSeen += images.length;
        return loss;
    }

    /** Steps taken. */
    int steps() {
        return step;
    }

    /** Images trained on, repetitions counted. */
    long imagesSeen() {
        return imagesSeen;
    }
}
