package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;

/** A ResNet in training: the convolutions of a {@link ResNetPlan}, a batch norm behind each. */
final class ResNetTraining implements TrainingForward {

    private static final Shape TWO = new Shape(2, 2);
    private static final Shape THREE = new Shape(3, 3);

    private final ResNetPlan plan;

    ResNetTraining(ResNetShape shape) {
        plan = shape.plan();
    }

    @Override
    public PtNDArray logits(
            PtNDArray images, Function<String, PtNDArray> parameters, BatchStatistics statistics) {
        PtNDArray x = JniUtils.relu(normed(images, plan.stem(), parameters, statistics));
        if (plan.pooled()) {
            x = JniUtils.maxPool(x, THREE, TWO, ONE, false);
        }
        for (ResNetPlan.Block block : plan.blocks()) {
            PtNDArray input = x;
            PtNDArray beside =
                    block.shortcut()
                            .map(shortcut -> normed(input, shortcut, parameters, statistics))
                            .orElse(input);
            int last = block.path().size() - 1;
            for (NormedConvolution next : block.path().subList(0, last)) {
                x = JniUtils.relu(normed(x, next, parameters, statistics));
            }
            x = normed(x, block.path().get(last), parameters, statistics);
            x = JniUtils.relu(JniUtils.add(x, beside));
        }
        return TrainingForward.linear(JniUtils.adaptiveAvgPool(x, ONE), "fc", parameters);
    }

    @Override
    public int leastNormedPixels() {
        return plan.convolutions().stream()
                .mapToInt(convolution -> convolution.rows() * convolution.columns())
                .min()
                .orElseThrow();
    }

    private static PtNDArray normed(
            PtNDArray x,
            NormedConvolution sizes,
            Function<String, PtNDArray> parameters,
            BatchStatistics statistics) {
        PtNDArray convolved =
                JniUtils.convolution(
                        x,
                        parameters.apply(sizes.convolution() + ".weight"),
                        null,
                        new Shape(sizes.stride(), sizes.stride()),
                        new Shape(sizes.padding(), sizes.padding()),
                        ONE,
                        1);
        return statistics.normed(
                convolved,
                sizes.norm(),
                parameters.apply(sizes.norm() + ".weight"),
                parameters.apply(sizes.norm() + ".bias"));
    }
}
