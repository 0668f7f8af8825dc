package io.labelworth.learning.learned;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.random.Seeds;
import io.labelworth.learning.run.Optimiser;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.training.Evaluator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Learns the labels of a set whose images stay as they are. What is learned are logits, softmax'd
 * into targets: labels are logits everywhere else, so that every treatment takes them, and a
 * softmax keeps a target a target whatever the step. Students are judged on training images;
 * validation images are looked at for show, test images never. A function of its arguments, to the
 * bit.
 */
public final class LabelLearning {

    private static final int VALIDATION_IMAGES = 1000;

    /** PAPER.md's for students, of which rate, momentum and weight decay are used. */
    private static final Recipe STUDENTS = Recipe.ofSteps(1);

    private static final Optimiser.Sgd SGD = (Optimiser.Sgd) STUDENTS.optimiser();

    private final Dataset dataset;
    private final LabelRecipe recipe;
    private final ConvNetShape shape;
    private final Normalizer normalizer;
    private final Evaluator evaluator;
    private final long seed;

    /**
     * @param student network of the students; trainable
     * @param seed of students, of their numbers of steps and of the batches they are judged on
     */
    public LabelLearning(Dataset dataset, Architecture student, LabelRecipe recipe, long seed) {
        this.dataset = dataset;
        this.recipe = recipe;
        this.seed = seed;
        shape = ConvNetShape.of(student.forDataset(dataset.info()));
        normalizer = new Normalizer(Preprocessing.of(dataset.info()));
        evaluator = new Evaluator(normalizer);
    }

    /**
     * Learns.
     *
     * @param pixels raw pixels of the set's images
     * @param classes their classes
     * @param showEvery steps between two looks at validation accuracy; the last step has one too
     * @return logits, one row per image
     * @throws io.labelworth.learning.training.TrainingException when a student's loss is not finite
     */
    public float[][] run(
            List<byte[]> pixels, int[] classes, int showEvery, LabelListener listener) {
        UniformRandomProvider lengths = Seeds.stream(seed, "learned-labels/lengths");
        UniformRandomProvider students = Seeds.stream(seed, "learned-labels/students");
        UniformRandomProvider images = Seeds.stream(seed, "learned-labels/images");
        float[][] logits = start(classes);
        Adam adam = new Adam(recipe.learningRate(), classes.length, shape.classes());
        try (UnrolledStudent student =
                new UnrolledStudent(shape, normalized(pixels), STUDENTS.learningRate(), SGD)) {
            for (int step = 1; step <= recipe.steps(); step++) {
                int length =
                        recipe.window() + lengths.nextInt(recipe.unroll() - recipe.window() + 1);
                float[][] targets = targets(logits);
                student.train(targets, students.nextLong(), length, recipe.window());
                double[][] gradient = new double[classes.length][shape.classes()];
                double loss = judge(student, targets, images, gradient);
                adam.step(logits, byLogits(targets, gradient));
                boolean shown = step % showEvery == 0 || step == recipe.steps();
                listener.onStep(
                        step,
                        loss,
                        shown
                                ? OptionalDouble.of(validation(student, logits))
                                : OptionalDouble.empty());
            }
        }
        return logits;
    }

    /** Half of the probability on the class, the rest shared out among the others. */
    private float[][] start(int[] classes) {
        float[][] logits = new float[classes.length][shape.classes()];
        for (int i = 0; i < classes.length; i++) {
            logits[i][classes[i]] = (float) StrictMath.log(shape.classes() - 1.0);
        }
        return logits;
    }

    private double judge(
            UnrolledStudent student,
            float[][] targets,
            UniformRandomProvider random,
            double[][] gradient) {
        Split train = dataset.train();
        int count = Math.min(recipe.batchSize(), train.size());
        float[] batch = new float[count * shape.inputFloats()];
        float[][] batchTargets = new float[count][];
        byte[][] images = new byte[count][];
        for (int i = 0; i < count; i++) {
            int image = random.nextInt(train.size());
            images[i] = new byte[shape.inputFloats()];
            train.pixels(image, images[i], 0);
            batchTargets[i] = SoftLabels.oneHot(train.imageClass(image), shape.classes());
        }
        normalizer.normalize(count, i -> images[i], batch);
        return student.gradient(batch, batchTargets, targets, gradient);
    }

    /** Always the same student, so that what is shown differs by the labels only. */
    private double validation(UnrolledStudent student, float[][] logits) {
        long fixed = Seeds.stream(seed, "learned-labels/shown").nextLong();
        student.train(targets(logits), fixed, recipe.unroll(), 0);
        return evaluator
                .measure(
                        student.network(), recipe.unroll(), dataset.validation(), VALIDATION_IMAGES)
                .accuracy();
    }

    private float[] normalized(List<byte[]> pixels) {
        float[] batch = new float[pixels.size() * shape.inputFloats()];
        normalizer.normalize(pixels.size(), pixels::get, batch);
        return batch;
    }

    private static float[][] targets(float[][] logits) {
        float[][] targets = new float[logits.length][];
        for (int i = 0; i < logits.length; i++) {
            targets[i] = SoftLabels.softmax(logits[i], 1);
        }
        return targets;
    }

    /** Through the softmax: t_c (d_c - sum of t d). */
    private static double[][] byLogits(float[][] targets, double[][] byTargets) {
        double[][] gradient = new double[targets.length][];
        for (int i = 0; i < targets.length; i++) {
            double mean = 0;
            for (int c = 0; c < targets[i].length; c++) {
                mean += targets[i][c] * byTargets[i][c];
            }
            gradient[i] = new double[targets[i].length];
            for (int c = 0; c < targets[i].length; c++) {
                gradient[i][c] = targets[i][c] * (byTargets[i][c] - mean);
            }
        }
        return gradient;
    }
}
