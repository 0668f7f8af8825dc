package io.labelworth.learning.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The convolutions of a {@link ResNetShape}, one after the other, with the sizes between them. */
final class ResNetPlan {

    private static final int STRIDE = 2;
    private static final int EXPANSION = 4;
    private static final int DEEPEST_OF_BASIC_BLOCKS = 34;

    private final boolean bottlenecks;
    private final boolean pooled;
    private final NormedConvolution stem;
    private final List<Block> blocks = new ArrayList<>();
    private int inputs;
    private int rows;
    private int columns;

    ResNetPlan(ResNetShape shape) {
        bottlenecks = shape.depth() > DEEPEST_OF_BASIC_BLOCKS;
        pooled = shape.stem().equals(ResNetShape.IMAGENET);
        rows = shape.imageHeight();
        columns = shape.imageWidth();
        inputs = shape.channels();
        stem =
                pooled
                        ? next("conv1", "bn1", shape.width(), 7, STRIDE)
                        : next("conv1", "bn1", shape.width(), 3, 1);
        if (pooled) {
            rows = strided(rows, STRIDE);
            columns = strided(columns, STRIDE);
        }
        List<Integer> layers = ResNetShape.BLOCKS.get(shape.depth());
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int block = 0; block < layers.get(layer); block++) {
                String name = String.format("layer%d.%d.", layer + 1, block);
                int stride = layer > 0 && block == 0 ? STRIDE : 1;
                blocks.add(block(name, shape.width() << layer, stride));
            }
        }
    }

    NormedConvolution stem() {
        return stem;
    }

    /** Whether a 3x3 max pool of stride 2 follows the stem. */
    boolean pooled() {
        return pooled;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Values that go into the linear layer. */
    int features() {
        return inputs;
    }

    /** All convolutions, in the order of the state_dict. */
    List<NormedConvolution> convolutions() {
        return Stream.concat(
                        Stream.of(stem),
                        blocks.stream()
                                .flatMap(
                                        block ->
                                                Stream.concat(
                                                        block.path().stream(),
                                                        block.shortcut().stream())))
                .toList();
    }

    private Block block(String name, int planes, int stride) {
        int outputs = bottlenecks ? planes * EXPANSION : planes;
        Optional<NormedConvolution> shortcut = Optional.empty();
        if (stride != 1 || inputs != outputs) {
            shortcut =
                    Optional.of(
                            new NormedConvolution(
                                    name + "downsample.0",
                                    name + "downsample.1",
                                    inputs,
                                    outputs,
                                    1,
                                    stride,
                                    strided(rows, stride),
                                    strided(columns, stride)));
        }
        List<NormedConvolution> path = new ArrayList<>();
        if (bottlenecks) {
            path.add(next(name + "conv1", name + "bn1", planes, 1, 1));
            path.add(next(name + "conv2", name + "bn2", planes, 3, stride));
            path.add(next(name + "conv3", name + "bn3", outputs, 1, 1));
        } else {
            path.add(next(name + "conv1", name + "bn1", planes, 3, stride));
            path.add(next(name + "conv2", name + "bn2", outputs, 3, 1));
        }
        return new Block(path, shortcut);
    }

    private NormedConvolution next(
            String convolution, String norm, int outputs, int kernel, int stride) {
        rows = strided(rows, stride);
        columns = strided(columns, stride);
        NormedConvolution next =
                new NormedConvolution(
                        convolution, norm, inputs, outputs, kernel, stride, rows, columns);
        inputs = outputs;
        return next;
    }

    /** What is left of a side by an odd kernel padded by half of it: every stride-th pixel. */
    private static int strided(int side, int stride) {
        return (side - 1) / stride + 1;
    }

    /**
     * A block: its output is added to its input, or to what {@code shortcut} makes of that.
     *
     * @param path convolutions with ReLUs between them
     * @param shortcut where sizes change
     */
    record Block(List<NormedConvolution> path, Optional<NormedConvolution> shortcut) {}
}
