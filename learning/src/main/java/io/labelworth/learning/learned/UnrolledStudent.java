package io.labelworth.learning.learned;

import io.labelworth.learning.network.ConvNet;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.LossCurvature;
import io.labelworth.learning.run.Optimiser;
import io.labelworth.learning.training.SoftCrossEntropy;
import io.labelworth.learning.training.TrainingException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Students trained on a whole set in each step, and the derivative of what they come to with
 * respect to the set's labels. With loss L, labels t, g = dL/dw, rate a, momentum m and decay d, a
 * step is
 *
 * <pre>v = m v + g(w, t) + d w;  w = w - a v</pre>
 *
 * Backwards through the steps kept, with A and B the derivatives of the outcome with respect to w
 * and v after a step, and V = B - a A:
 *
 * <pre>dt += (dg/dt)' V;  A += d V + H V;  B = m V</pre>
 *
 * That is the derivative through the unrolled steps, with the weights of each step kept and nothing
 * else, so memory does not grow with activations. Used by one thread.
 */
final class UnrolledStudent implements AutoCloseable {

    private final ConvNetShape shape;
    private final float[] images;
    private final int count;
    private final double learningRate;
    private final Optimiser.Sgd sgd;
    private final LossCurvature curvature;
    private final Deque<float[]> kept = new ArrayDeque<>();
    private ConvNet network;
    private float[] zeros;

    /**
     * Students of one set.
     *
     * @param images normalised images one after the other, channel by channel
     * @param learningRate the same at every step
     */
    UnrolledStudent(ConvNetShape shape, float[] images, double learningRate, Optimiser.Sgd sgd) {
        this.shape = shape;
        this.images = images;
        this.count = images.length / shape.inputFloats();
        this.learningRate = learningRate;
        this.sgd = sgd;
        curvature = new LossCurvature(shape);
    }

    /**
     * Trains a fresh student.
     *
     * @param targets per image, a share for each class, summing to 1
     * @param seed of its weights
     * @param window its last steps that {@link #gradient} differentiates
     * @throws TrainingException when the loss is not finite
     */
    void train(float[][] targets, long seed, int steps, int window) {
        closeNetwork();
        kept.clear();
        network = new ConvNet(shape, Initialisation.weights(shape, seed), true);
        int size = network.parameterFloats();
        zeros = new float[size];
        float[] weights = new float[size];
        float[] velocity = new float[size];
        float[] gradient = new float[size];
        network.readParameters(weights);
        for (int step = 0; step < steps; step++) {
            if (step >= steps - window) {
                kept.push(weights.clone());
            }
            double loss = pass(images, count, targets, gradient);
            if (!Double.isFinite(loss)) {
                throw new TrainingException(
                        "a student's loss is "
                                + loss
                                + " at step "
                                + (step + 1)
                                + "; lower the learning rate of the labels");
            }
            for (int i = 0; i < size; i++) {
                float moved = gradient[i] + (float) sgd.weightDecay() * weights[i];
                velocity[i] = (float) sgd.momentum() * velocity[i] + moved;
                weights[i] -= (float) learningRate * velocity[i];
            }
            network.writeParameters(weights);
        }
    }

    /** The student that was trained; the caller does not train it. */
    ConvNet network() {
        return network;
    }

    /**
     * The student's mean loss on other images, and its derivative with respect to the targets it
     * was trained with.
     *
     * @param gradient receives one row per image of the set; constants along a row mean nothing,
     *     since targets sum to 1
     */
    double gradient(float[] batch, float[][] batchTargets, float[][] targets, double[][] gradient) {
        int size = network.parameterFloats();
        float[] byWeights = new float[size];
        double loss = pass(batch, batchTargets.length, batchTargets, byWeights);
        double[] a = new double[size];
        double[] b = new double[size];
        for (int i = 0; i < size; i++) {
            a[i] = byWeights[i];
        }
        float[] direction = new float[size];
        float[] product = new float[size];
        for (float[] weights : kept) {
            for (int i = 0; i < size; i++) {
                b[i] -= learningRate * a[i];
                direction[i] = (float) b[i];
            }
            float[][] moved = curvature.times(weights, direction, images, targets, product);
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < shape.classes(); c++) {
                    // L is -t log q, so dg/dt along V is what V does to -log q.
                    gradient[i][c] -= (double) moved[i][c] / count;
                }
            }
            for (int i = 0; i < size; i++) {
                a[i] += sgd.weightDecay() * b[i] + product[i];
                b[i] *= sgd.momentum();
            }
        }
        return loss;
    }

    @Override
    public void close() {
        closeNetwork();
        curvature.close();
    }

    private void closeNetwork() {
        if (network != null) {
            network.close();
        }
    }

    /** The mean loss, and its gradient with respect to the weights. */
    private double pass(float[] batch, int size, float[][] targets, float[] gradient) {
        double[] sum = new double[1];
        double scale = 1.0 / size;
        network.train(
                batch,
                size,
                (i, logits, byLogits) ->
                        sum[0] += SoftCrossEntropy.loss(logits, targets[i], scale, byLogits));
        network.takeGradients(gradient, zeros);
        return sum[0] * scale;
    }
}
