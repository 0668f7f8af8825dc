package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters that optimisers work on here and a network uses on its device: one block of each, and
 * one of gradients. Every pass takes tensors of its own on the block, so nothing on the device is
 * older than the block.
 */
final class ParameterBlock {

    private final List<Parameter> parameters;
    private final int[] starts;
    private final int size;
    private final NativeFloats block;
    private final float[] gradients;
    private boolean held;

    /**
     * A block that lives as long as {@code manager}.
     *
     * @param parameters those with gradients
     * @param weights by state_dict name
     */
    ParameterBlock(
            List<Parameter> parameters, Map<String, FloatTensor> weights, PtNDManager manager) {
        this.parameters = parameters;
        starts = new int[parameters.size()];
        int end = 0;
        for (int p = 0; p < starts.length; p++) {
            starts[p] = end;
            end += ParameterStore.roundUp(parameters.get(p).size());
        }
        size = end;
        block = new NativeFloats(manager, size);
        gradients = new float[size];
        for (int p = 0; p < starts.length; p++) {
            block.put(starts[p], weights.get(parameters.get(p).name()).values());
        }
    }

    /** Floats of the block, padding between parameters included. */
    int size() {
        return size;
    }

    void read(float[] values) {
        block.get(0, values);
    }

    void write(float[] values) {
        block.put(0, values);
    }

    /** The parameters on the device of {@code scope}, by name, each to receive a gradient. */
    @SuppressWarnings("try")
    Map<String, PtNDArray> leaves(PtNDManager scope) {
        Map<String, PtNDArray> leaves = new HashMap<>();
        try (Torch.GradientScope none = Torch.gradients(false)) {
            PtNDArray there =
                    JniUtils.to(block.tensor(scope, 0, size), DataType.FLOAT32, scope.getDevice());
            for (int p = 0; p < starts.length; p++) {
                Parameter parameter = parameters.get(p);
                try (PtNDArray part =
                        JniUtils.slice(there, 0, starts[p], starts[p] + parameter.size(), 1)) {
                    PtNDArray leaf = JniUtils.reshape(part, lengths(parameter));
                    JniUtils.attachGradient(leaf, true);
                    leaves.put(parameter.name(), leaf);
                }
            }
        }
        return leaves;
    }

    /** Adds the gradients that a backward pass left at {@code leaves}. */
    void addGradients(Map<String, PtNDArray> leaves) {
        for (int p = 0; p < starts.length; p++) {
            Parameter parameter = parameters.get(p);
            try (PtNDArray there = JniUtils.getGradient(leaves.get(parameter.name()));
                    PtNDArray here =
                            JniUtils.to(there, DataType.FLOAT32, ComputeDevice.CPU.djl())) {
                if (held) {
                    float[] added = new float[parameter.size()];
                    NativeFloats.of(here).get(added);
                    for (int i = 0; i < added.length; i++) {
                        gradients[starts[p] + i] += added[i];
                    }
                } else {
                    NativeFloats.of(here).get(0, gradients, starts[p], parameter.size());
                }
            }
        }
        held = true;
    }

    /** Copies the gradients to {@code values} and sets them to zero. */
    void takeGradients(float[] values) {
        System.arraycopy(gradients, 0, values, 0, size);
        Arrays.fill(gradients, 0);
        held = false;
    }

    /** A copy of the parameters, by name. */
    Map<String, FloatTensor> snapshot() {
        Map<String, FloatTensor> copy = new HashMap<>();
        for (int p = 0; p < starts.length; p++) {
            Parameter parameter = parameters.get(p);
            float[] values = new float[parameter.size()];
            block.get(starts[p], values);
            copy.put(parameter.name(), new FloatTensor(parameter.shape(), values));
        }
        return copy;
    }

    private static long[] lengths(Parameter parameter) {
        return parameter.shape().stream().mapToLong(length -> length).toArray();
    }
}
