package io.labelworth.learning.network;

import io.labelworth.learning.text.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sizes of the paper's ConvNet ("Recipe of the reference"): per stage a 3x3 convolution (padding 1;
 * on the first stage 3 when images have one channel), GroupNorm with one group per channel, ReLU,
 * 2x2 average pool; then one linear layer. Parameters are named as in the reference's state_dict,
 * whose stage has four modules.
 *
 * @param depth stages, 1 to 8
 * @param width channels of every stage, 1 to 1024
 * @param channels channels of an image
 * @param imageHeight rows of an image
 * @param imageWidth columns of an image
 * @param classes outputs
 */
public record ConvNetShape(
        int depth, int width, int channels, int imageHeight, int imageWidth, int classes) {

    static final String NAME = "convnet";
    static final int KERNEL = 3;
    static final int POOL = 2;

    private static final int MODULES_PER_STAGE = 4;
    private static final Set<String> PARAMETERS =
            Set.of("depth", "width", "channels", "imageHeight", "imageWidth", "classes");

    /** Checks the ranges, and that pooling leaves something. */
    public ConvNetShape {
        within("depth", depth, 1, 8);
        within("width", width, 1, 1024);
        within("channels", channels, 1, 16);
        within("imageHeight", imageHeight, 2, 1024);
        within("imageWidth", imageWidth, 2, 1024);
        within("classes", classes, 2, 100_000);
        int height = imageHeight;
        int columns = imageWidth;
        for (int stage = 0; stage < depth; stage++) {
            height = (height + grownBy(stage, channels)) / POOL;
            columns = (columns + grownBy(stage, channels)) / POOL;
        }
        if (height < 1 || columns < 1) {
            throw new ModelException(
                    String.format(
                            "depth %d leaves nothing of %d x %d pixels; choose a smaller depth",
                            depth, imageHeight, imageWidth));
        }
    }

    /**
     * The sizes that {@code architecture} names.
     *
     * @throws ModelException when it is no ConvNet, or a parameter is missing, unknown or out of
     *     range
     */
    public static ConvNetShape of(Architecture architecture) {
        Map<String, String> parameters = architecture.parameters();
        if (!architecture.name().equals(NAME)) {
            throw new ModelException(
                    "unknown architecture \"" + architecture.name() + "\"; known: " + NAME);
        }
        if (!parameters.keySet().equals(PARAMETERS)) {
            throw new ModelException(
                    NAME + " takes the parameters " + PARAMETERS + ", not " + parameters.keySet());
        }
        return new ConvNetShape(
                integer(parameters, "depth"),
                integer(parameters, "width"),
                integer(parameters, "channels"),
                integer(parameters, "imageHeight"),
                integer(parameters, "imageWidth"),
                integer(parameters, "classes"));
    }

    /** Padding of the convolution of {@code stage}. */
    int padding(int stage) {
        return stage == 0 && channels == 1 ? 3 : 1;
    }

    /** Channels that go into {@code stage}. */
    int inputs(int stage) {
        return stage == 0 ? channels : width;
    }

    /** Rows after the convolution of {@code stage}. */
    int rows(int stage) {
        return side(imageHeight, stage);
    }

    /** Columns after the convolution of {@code stage}. */
    int columns(int stage) {
        return side(imageWidth, stage);
    }

    /** Values that go into the linear layer. */
    int features() {
        return width * (rows(depth - 1) / POOL) * (columns(depth - 1) / POOL);
    }

    /** Floats of an image. */
    public int inputFloats() {
        return channels * imageHeight * imageWidth;
    }

    /** Module name of the convolution of {@code stage}. */
    String convolution(int stage) {
        return "features." + MODULES_PER_STAGE * stage;
    }

    /** Module name of the norm of {@code stage}. */
    String norm(int stage) {
        return "features." + (MODULES_PER_STAGE * stage + 1);
    }

    /** All parameters, in the order of the state_dict. */
    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (int stage = 0; stage < depth; stage++) {
            int fanIn = inputs(stage) * KERNEL * KERNEL;
            String convolution = convolution(stage);
            String norm = norm(stage);
            List<Integer> kernel = List.of(width, inputs(stage), KERNEL, KERNEL);
            parameters.add(new Parameter(convolution + ".weight", kernel, Initial.UNIFORM, fanIn));
            parameters.add(
                    new Parameter(convolution + ".bias", List.of(width), Initial.UNIFORM, fanIn));
            parameters.add(new Parameter(norm + ".weight", List.of(width), Initial.ONE, fanIn));
            parameters.add(new Parameter(norm + ".bias", List.of(width), Initial.ZERO, fanIn));
        }
        List<Integer> linear = List.of(classes, features());
        parameters.add(new Parameter("classifier.weight", linear, Initial.UNIFORM, features()));
        parameters.add(
                new Parameter("classifier.bias", List.of(classes), Initial.UNIFORM, features()));
        return parameters;
    }

    /** Multiply-accumulates of one forward pass of one image: convolutions and linear layer. */
    public long macsPerImage() {
        long macs = (long) features() * classes;
        for (int stage = 0; stage < depth; stage++) {
            long outputs = (long) width * rows(stage) * columns(stage);
            macs += outputs * inputs(stage) * KERNEL * KERNEL;
        }
        return macs;
    }

    private int side(int image, int stage) {
        int side = image + grownBy(0, channels);
        for (int s = 1; s <= stage; s++) {
            side = side / POOL + grownBy(s, channels);
        }
        return side;
    }

    private static int grownBy(int stage, int channels) {
        return stage == 0 && channels == 1 ? 4 : 0;
    }

    private static int integer(Map<String, String> parameters, String name) {
        try {
            return Decimals.integer(parameters.get(name));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    NAME + ": " + name + " is \"" + parameters.get(name) + "\", not a number", e);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ModelException(
                    String.format("%s: %s is %d, not %d to %d", NAME, name, value, least, most));
        }
    }

    /** Where a parameter starts: PyTorch's defaults. */
    enum Initial {
        /** Uniform within 1/sqrt(fan-in), as PyTorch's Conv2d and Linear, weights and biases. */
        UNIFORM,
        ZERO,
        ONE
    }

    /** A parameter: its state_dict name, shape, initial distribution and fan-in. */
    record Parameter(String name, List<Integer> shape, Initial initial, int fanIn) {

        /** Name of the module it belongs to. */
        String module() {
            return name.substring(0, name.lastIndexOf('.'));
        }

        /** Whether it is its module's weight, not its bias. */
        boolean isWeight() {
            return name.endsWith(".weight");
        }

        int size() {
            return shape.stream().reduce(1, (product, length) -> product * length);
        }
    }
}
