package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network's batch norms remember of the batches they saw, on its device: running means and
 * variances with PyTorch's momentum of 0.1, the variance unbiased. Evaluation uses them.
 */
final class BatchStatistics {

    private static final double MOMENTUM = 0.1;

    private final Map<String, PtNDArray> tensors = new LinkedHashMap<>();
    private long batches;

    /**
     * Statistics that live as long as {@code manager}.
     *
     * @param weights by state_dict name; their statistics are gone on from
     */
    BatchStatistics(
            List<Parameter> parameters, Map<String, FloatTensor> weights, PtNDManager manager) {
        for (Parameter parameter : parameters) {
            if (parameter.isStatistic()) {
                tensors.put(
                        parameter.name(),
                        DeviceWeights.onDevice(weights.get(parameter.name()), manager));
            }
        }
    }

    /** The batch norm {@code module} of {@code x}, which takes note of the batch. */
    PtNDArray normed(PtNDArray x, String module, PtNDArray gamma, PtNDArray beta) {
        return JniUtils.batchNorm(
                x,
                tensors.get(module + Parameter.MEAN),
                tensors.get(module + Parameter.VARIANCE),
                gamma,
                beta,
                true,
                MOMENTUM,
                NormOperations.EPSILON);
    }

    /** A batch went through all norms. */
    void counted() {
        batches++;
    }

    /** A copy of the statistic {@code parameter}. */
    FloatTensor snapshot(Parameter parameter) {
        float[] values = new float[parameter.size()];
        try (PtNDArray here =
                JniUtils.to(
                        tensors.get(parameter.name()), DataType.FLOAT32, ComputeDevice.CPU.djl())) {
            NativeFloats.of(here).get(values);
        }
        return new FloatTensor(parameter.shape(), values);
    }

    /** Batches seen. */
    FloatTensor count() {
        return new FloatTensor(List.of(), new float[] {batches});
    }
}
