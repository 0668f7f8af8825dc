package io.labelworth.learning.network;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.labelworth.learning.label.SoftLabels;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Second derivatives of a ConvNet's mean cross-entropy, times a direction in its weights
 * (Pearlmutter 1994, "Fast exact multiplication by the Hessian"): the derivative along the
 * direction is computed beside the logits, and libtorch differentiates it once. Used by one thread
 * at a time.
 *
 * <p>libtorch could differentiate its own gradient ({@code backward} with a graph of the gradient),
 * but keeps that graph in the weights' gradients, which refer to it and it to them; DJL has no way
 * to break the circle, so every step would leak. It costs about the same.
 */
public final class LossCurvature implements AutoCloseable {

    private final ConvNetShape shape;
    private final PtNDManager manager;
    private final List<Parameter> parameters;
    private final int[] starts;
    private final NativeFloats[] weights;
    private final NativeFloats[] directions;
    private final Map<String, Dual> duals = new LinkedHashMap<>();
    private final NativeFloats input;
    private final NativeFloats upstream;

    /**
     * Of networks of {@code shape}, on the processor.
     *
     * @throws ModelException when their norm is not the paper's
     */
    public LossCurvature(ConvNetShape shape) {
        if (!shape.norm().equals(StageNorm.INSTANCE)) {
            throw new ModelException(
                    "labels are learned through ConvNets with instance norm; leave the norm out");
        }
        this.shape = shape;
        manager = Torch.newManager();
        parameters = shape.parameters();
        starts = ParameterStore.starts(parameters);
        weights = new NativeFloats[starts.length];
        directions = new NativeFloats[starts.length];
        for (int p = 0; p < starts.length; p++) {
            Parameter parameter = parameters.get(p);
            long[] lengths = parameter.shape().stream().mapToLong(n -> n).toArray();
            weights[p] = new NativeFloats(manager, parameter.size());
            directions[p] = new NativeFloats(manager, parameter.size());
            PtNDArray weight = weights[p].tensor(manager, 0, lengths);
            JniUtils.attachGradient(weight, true);
            duals.put(
                    parameter.name(), new Dual(weight, directions[p].tensor(manager, 0, lengths)));
        }
        input = new NativeFloats(manager, ConvNet.CHUNK * shape.inputFloats());
        upstream = new NativeFloats(manager, 2 * ConvNet.CHUNK * shape.classes());
    }

    /**
     * The derivative along {@code direction} of the gradient of the mean loss.
     *
     * @param weights where, laid out as {@link ConvNet#readParameters}
     * @param direction laid out in the same way
     * @param batch normalised images one after the other, channel by channel
     * @param targets per image, a share for each class, summing to 1
     * @param product receives the Hessian times the direction, laid out in the same way
     * @return the derivative of the logits along the direction, one row per image
     */
    @SuppressWarnings("try")
    public float[][] times(
            float[] weights, float[] direction, float[] batch, float[][] targets, float[] product) {
        for (int p = 0; p < starts.length; p++) {
            int size = parameters.get(p).size();
            this.weights[p].put(0, weights, starts[p], size);
            directions[p].put(0, direction, starts[p], size);
        }
        float[][] moved = new float[targets.length][shape.classes()];
        try (Torch.GradientScope gradients = Torch.gradients(true)) {
            for (int first = 0; first < targets.length; first += ConvNet.CHUNK) {
                int count = Math.min(ConvNet.CHUNK, targets.length - first);
                try (PtNDManager scope = manager.newSubManager(Device.cpu())) {
                    chunk(scope, batch, targets, first, count, moved);
                }
            }
        }
        takeGradients(product);
        return moved;
    }

    @Override
    public void close() {
        manager.close();
    }

    private void chunk(
            PtNDManager scope,
            float[] batch,
            float[][] targets,
            int first,
            int count,
            float[][] moved) {
        int floats = shape.inputFloats();
        input.put(0, batch, first * floats, count * floats);
        Dual x =
                new Dual(
                        input.tensor(
                                scope,
                                0,
                                count,
                                shape.channels(),
                                shape.imageHeight(),
                                shape.imageWidth()),
                        null);
        for (int stage = 0; stage < shape.depth(); stage++) {
            x =
                    x.convolved(
                                    weight(shape.convolution(stage)),
                                    bias(shape.convolution(stage)),
                                    shape.padding(stage))
                            .normed(weight(shape.norm(stage)), bias(shape.norm(stage)))
                            .rectified()
                            .pooled();
        }
        Dual logits = x.linear(weight("classifier"), bias("classifier"), shape.features());
        PtNDArray both = JniUtils.cat(new PtNDArray[] {logits.value(), logits.tangent()}, 0);
        FloatBuffer values = NativeFloats.of(both);
        float[] row = new float[shape.classes()];
        for (int i = 0; i < count; i++) {
            values.get(i * row.length, row);
            values.get((count + i) * row.length, moved[first + i]);
            putUpstream(i, count, row, moved[first + i], targets[first + i], targets.length);
        }
        JniUtils.backward(
                both, upstream.tensor(scope, 0, 2L * count, shape.classes()), false, false);
    }

    /**
     * The loss moves by the sum of (q - t) u', q the softmax of the logits u and t the target. Its
     * derivatives: (diag(q) - q q') u' with respect to u, q - t with respect to u'.
     */
    private void putUpstream(
            int image, int count, float[] logits, float[] moved, float[] target, int images) {
        float[] q = SoftLabels.softmax(logits, 1);
        double mean = 0;
        for (int c = 0; c < q.length; c++) {
            mean += q[c] * moved[c];
        }
        float[] byLogit = new float[q.length];
        float[] byMove = new float[q.length];
        for (int c = 0; c < q.length; c++) {
            byLogit[c] = (float) (q[c] * (moved[c] - mean) / images);
            byMove[c] = (q[c] - target[c]) / images;
        }
        upstream.put(image * q.length, byLogit);
        upstream.put((count + image) * q.length, byMove);
    }

    private void takeGradients(float[] product) {
        Arrays.fill(product, 0);
        for (int p = 0; p < starts.length; p++) {
            Parameter parameter = parameters.get(p);
            PtNDArray weight = duals.get(parameter.name()).value();
            try (PtNDArray gradient = JniUtils.getGradient(weight)) {
                FloatBuffer values = NativeFloats.of(gradient);
                values.get(0, product, starts[p], parameter.size());
                JniUtils.zeroGrad(weight);
            }
        }
    }

    private Dual weight(String module) {
        return duals.get(module + ".weight");
    }

    private Dual bias(String module) {
        return duals.get(module + ".bias");
    }
}
