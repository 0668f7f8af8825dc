package io.labelworth.learning.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;

/**
 * One stage of the ConvNet: libtorch's convolution, then {@link NormReluPool}. Images lie with
 * channels innermost. Holds the activations of the chunk that went forward last.
 */
final class ConvStage {

    private static final Shape ONE = new Shape(1, 1);
    private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};
    private static final long[] TO_CHANNELS_LAST = {0, 2, 3, 1};

    private final int width;
    private final int rows;
    private final int columns;
    private final Shape padding;
    private final NormReluPool normReluPool;
    private final PtNDArray kernel;
    private final PtNDArray bias;
    private final NormParameters norm;
    private final TorchPrecision precision;

    private final float[][] image;
    private final float[][] imageGradient;
    private final float[] pooled;
    private final NativeFloats output;
    private final NativeFloats gradient;
    private final float[][] means;
    private final float[][] inverseStds;
    private PtNDArray convolved;

    /**
     * A stage.
     *
     * @param chunk most images to go through it at once
     * @param precision of the convolution; what comes before and after it is float32
     * @param manager what the stage's memory goes with
     */
    ConvStage(
            ConvNetShape shape,
            int stage,
            int chunk,
            ParameterStore parameters,
            TorchPrecision precision,
            PtNDManager manager) {
        this.precision = precision;
        width = shape.width();
        rows = shape.rows(stage);
        columns = shape.columns(stage);
        padding = new Shape(shape.padding(stage), shape.padding(stage));
        normReluPool = new NormReluPool(rows, columns, width);
        kernel = precision.fromFp32(parameters.tensor(shape.convolution(stage) + ".weight"));
        bias = precision.fromFp32(parameters.tensor(shape.convolution(stage) + ".bias"));
        norm = parameters.norm(shape.norm(stage));
        image = normReluPool.newInput();
        imageGradient = normReluPool.newInput();
        pooled = new float[normReluPool.outputFloats()];
        output = new NativeFloats(manager, chunk * pooled.length);
        gradient =
                new NativeFloats(
                        manager, parameters.trainable() ? chunk * rows * columns * width : 0);
        means = new float[chunk][width];
        inverseStds = new float[chunk][width];
    }

    /**
     * Sends a chunk forward.
     *
     * @param input images, rows, columns, channels
     * @return images, pooled rows, pooled columns, channels; valid until the next chunk
     */
    PtNDArray forward(PtNDArray input, int images) {
        PtNDManager scope = input.getManager();
        PtNDArray channelsFirst = JniUtils.permute(precision.fromFp32(input), TO_CHANNELS_FIRST);
        PtNDArray sums = JniUtils.convolution(channelsFirst, kernel, bias, ONE, padding, ONE, 1);
        convolved = JniUtils.permute(precision.toFp32(sums), TO_CHANNELS_LAST);
        FloatBuffer values = NativeFloats.of(convolved);
        for (int i = 0; i < images; i++) {
            read(values, i);
            normReluPool.forward(
                    image, norm.gamma(), norm.beta(), pooled, means[i], inverseStds[i]);
            output.put(i * pooled.length, pooled);
        }
        return output.tensor(
                scope, 0, images, rows / ConvNetShape.POOL, columns / ConvNetShape.POOL, width);
    }

    /**
     * Sends gradients backward: to the parameters of this stage, and to the input of {@link
     * #forward}.
     *
     * @param pooledGradient of the output
     */
    void backward(FloatBuffer pooledGradient, int images) {
        JniUtils.backward(convolved, backwardToSums(pooledGradient, images), false, false);
    }

    /**
     * Sends gradients backward to what the convolution gave, those of the norm on the way.
     *
     * @param pooledGradient of the output
     * @return images, rows, columns, channels; valid until the next chunk
     */
    PtNDArray backwardToSums(FloatBuffer pooledGradient, int images) {
        FloatBuffer values = NativeFloats.of(convolved);
        for (int i = 0; i < images; i++) {
            read(values, i);
            pooledGradient.get(i * pooled.length, pooled);
            normReluPool.backward(
                    image,
                    pooled,
                    norm.gamma(),
                    norm.beta(),
                    means[i],
                    inverseStds[i],
                    norm.gammaGradient(),
                    norm.betaGradient(),
                    imageGradient);
            for (int row = 0; row < rows; row++) {
                gradient.put((i * rows + row) * columns * width, imageGradient[row]);
            }
        }
        return gradient.tensor(convolved.getManager(), 0, images, rows, columns, width);
    }

    private void read(FloatBuffer values, int i) {
        for (int row = 0; row < rows; row++) {
            values.get((i * rows + row) * columns * width, image[row]);
        }
    }
}
