package io.labelworth.learning.network;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All parameters of a network in one block of native memory, those of convolutions and of the
 * linear layer each a tensor on its part. The optimiser works on the block as one float array,
 * which takes two copies instead of a dozen native calls per parameter and step.
 */
final class ParameterStore {

    private static final int ALIGNMENT_FLOATS = NativeFloats.ALIGNMENT_BYTES / Float.BYTES;

    private final List<Parameter> parameters;
    private final boolean trainable;
    private final int[] starts;
    private final int size;
    private final NativeFloats block;
    private final Map<String, PtNDArray> tensors = new LinkedHashMap<>();
    private final Map<String, NormParameters> norms = new LinkedHashMap<>();
    private FloatBuffer[] gradients;

    ParameterStore(
            PtNDManager manager,
            ConvNetShape shape,
            Map<String, FloatTensor> weights,
            boolean trainable) {
        this.parameters = shape.parameters();
        this.trainable = trainable;
        starts = new int[parameters.size()];
        int end = 0;
        for (int p = 0; p < starts.length; p++) {
            starts[p] = end;
            end += roundUp(parameters.get(p).size());
        }
        size = end;
        block = new NativeFloats(manager, size);
        for (int stage = 0; stage < shape.depth(); stage++) {
            norms.put(shape.norm(stage), new NormParameters(shape.width()));
        }
        for (int p = 0; p < starts.length; p++) {
            Parameter parameter = parameters.get(p);
            block.put(starts[p], weights.get(parameter.name()).values());
            if (!norms.containsKey(parameter.module())) {
                long[] lengths = parameter.shape().stream().mapToLong(n -> n).toArray();
                PtNDArray tensor = block.tensor(manager, starts[p], lengths);
                if (trainable) {
                    JniUtils.attachGradient(tensor, true);
                }
                tensors.put(parameter.name(), tensor);
            }
        }
        refreshNorms();
    }

    boolean trainable() {
        return trainable;
    }

    /** Floats of the block, padding between parameters included. */
    int size() {
        return size;
    }

    PtNDArray tensor(String name) {
        return tensors.get(name);
    }

    /** Parameters of the norm called {@code module}; the same object for good. */
    NormParameters norm(String module) {
        return norms.get(module);
    }

    void read(float[] values) {
        block.get(0, values);
    }

    void write(float[] values) {
        block.put(0, values);
        refreshNorms();
    }

    /** Copies the gradients to {@code values}, laid out as the block, and sets them to zero. */
    void takeGradients(float[] values, float[] zeros) {
        if (gradients == null) {
            // Backward passes add to these tensors in place, so their memory is looked up once.
            gradients = new FloatBuffer[starts.length];
            for (int p = 0; p < starts.length; p++) {
                gradients[p] = gradient(parameters.get(p));
            }
        }
        for (int p = 0; p < starts.length; p++) {
            int length = parameters.get(p).size();
            gradients[p].get(0, values, starts[p], length);
            gradients[p].put(0, zeros, 0, length);
        }
    }

    Map<String, FloatTensor> snapshot() {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (int p = 0; p < starts.length; p++) {
            float[] values = new float[parameters.get(p).size()];
            block.get(starts[p], values);
            weights.put(
                    parameters.get(p).name(), new FloatTensor(parameters.get(p).shape(), values));
        }
        return weights;
    }

    private FloatBuffer gradient(Parameter parameter) {
        NormParameters norm = norms.get(parameter.module());
        if (norm == null) {
            return NativeFloats.of(JniUtils.getGradient(tensors.get(parameter.name())));
        }
        return FloatBuffer.wrap(parameter.isWeight() ? norm.gammaGradient() : norm.betaGradient());
    }

    private void refreshNorms() {
        for (int p = 0; p < starts.length; p++) {
            Parameter parameter = parameters.get(p);
            NormParameters norm = norms.get(parameter.module());
            if (norm != null) {
                block.get(starts[p], parameter.isWeight() ? norm.gamma() : norm.beta());
            }
        }
    }

    /** Floats up to the next that is aligned as libtorch aligns its own. */
    static int roundUp(int floats) {
        return (floats + ALIGNMENT_FLOATS - 1) / ALIGNMENT_FLOATS * ALIGNMENT_FLOATS;
    }
}
