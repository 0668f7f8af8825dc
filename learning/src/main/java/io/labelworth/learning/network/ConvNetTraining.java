package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;

/** The ConvNet in training, with any norm. */
record ConvNetTraining(ConvNetShape shape) implements TrainingForward {

    private static final Shape NONE = new Shape(0, 0);
    private static final Shape POOL = new Shape(ConvNetShape.POOL, ConvNetShape.POOL);

    @Override
    public PtNDArray logits(
            PtNDArray images, Function<String, PtNDArray> parameters, BatchStatistics statistics) {
        PtNDArray x = images;
        for (int stage = 0; stage < shape.depth(); stage++) {
            Shape padding = new Shape(shape.padding(stage), shape.padding(stage));
            String module = shape.convolution(stage);
            PtNDArray convolved =
                    JniUtils.convolution(
                            x,
                            parameters.apply(module + ".weight"),
                            parameters.apply(module + ".bias"),
                            ONE,
                            padding,
                            ONE,
                            1);
            PtNDArray normed = norm(convolved, shape.norm(stage), parameters, statistics);
            x = JniUtils.avgPool(JniUtils.relu(normed), POOL, POOL, NONE, false, true);
        }
        return TrainingForward.linear(x, "classifier", parameters);
    }

    @Override
    public int leastNormedPixels() {
        int last = shape.depth() - 1;
        return shape.norm().kind() == StageNorm.Kind.BATCH
                ? shape.rows(last) * shape.columns(last)
                : 0;
    }

    private PtNDArray norm(
            PtNDArray x,
            String module,
            Function<String, PtNDArray> parameters,
            BatchStatistics statistics) {
        StageNorm.Kind kind = shape.norm().kind();
        if (kind == StageNorm.Kind.NONE) {
            return x;
        }
        PtNDArray gamma = parameters.apply(module + ".weight");
        PtNDArray beta = parameters.apply(module + ".bias");
        return switch (kind) {
            case INSTANCE -> NormOperations.instance(x, gamma, beta);
            case GROUP -> NormOperations.group(x, shape.norm().groups(), gamma, beta);
            case LAYER -> NormOperations.layer(x, gamma, beta);
            default -> statistics.normed(x, module, gamma, beta);
        };
    }
}
