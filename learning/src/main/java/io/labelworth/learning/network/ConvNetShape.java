package io.labelworth.learning.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sizes of the paper's ConvNet ("Recipe of the reference"): per stage a 3x3 convolution (padding 1;
 * on the first stage 3 when images have one channel), a norm, ReLU, 2x2 average pool; then one
 * linear layer. Parameters are named as in the reference's state_dict, whose stage has four
 * modules, or three where it has no norm.
 *
 * @param depth stages, 1 to 8
 * @param width channels of every stage, 1 to 1024
 * @param channels channels of an image
 * @param imageHeight rows of an image
 * @param imageWidth columns of an image
 * @param classes outputs
 * @param norm of every stage
 */
public record ConvNetShape(
        int depth,
        int width,
        int channels,
        int imageHeight,
        int imageWidth,
        int classes,
        StageNorm norm)
        implements StateDictShape {

    static final String NAME = "convnet";
    static final String NORM = "norm";
    static final int KERNEL = 3;
    static final int POOL = 2;

    private static final Set<String> PARAMETERS =
            Set.of("depth", "width", "channels", "imageHeight", "imageWidth", "classes");

    /** Checks the ranges, and that pooling leaves something. */
    public ConvNetShape {
        ArchitectureParameters.requireWithin(NAME, "depth", depth, 1, 8);
        ArchitectureParameters.requireWithin(NAME, "width", width, 1, 1024);
        ArchitectureParameters.requireEnds(NAME, channels, imageHeight, imageWidth, classes);
        if (norm.kind() == StageNorm.Kind.GROUP && width % norm.groups() != 0) {
            throw new ModelException(
                    String.format("%s: norm %s does not divide width %d", NAME, norm, width));
        }
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

    /** The paper's, with instance norm. */
    public ConvNetShape(
            int depth, int width, int channels, int imageHeight, int imageWidth, int classes) {
        this(depth, width, channels, imageHeight, imageWidth, classes, StageNorm.INSTANCE);
    }

    /**
     * The sizes that {@code architecture} names.
     *
     * @throws ModelException when it is no ConvNet, or a parameter is missing, unknown or out of
     *     range
     */
    public static ConvNetShape of(Architecture architecture) {
        if (!architecture.name().equals(NAME)) {
            throw new ModelException(architecture.name() + " is no " + NAME);
        }
        Set<String> known = new HashSet<>(PARAMETERS);
        boolean normNamed = architecture.parameters().containsKey(NORM);
        if (normNamed) {
            known.add(NORM);
        }
        ArchitectureParameters parameters = new ArchitectureParameters(architecture, known);
        return new ConvNetShape(
                parameters.integer("depth"),
                parameters.integer("width"),
                parameters.integer("channels"),
                parameters.integer("imageHeight"),
                parameters.integer("imageWidth"),
                parameters.integer("classes"),
                normNamed ? StageNorm.parse(parameters.text(NORM)) : StageNorm.INSTANCE);
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

    /** Module name of the convolution of {@code stage}. */
    String convolution(int stage) {
        return "features." + modulesPerStage() * stage;
    }

    /** Module name of the norm of {@code stage}. */
    String norm(int stage) {
        return "features." + (modulesPerStage() * stage + 1);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (int stage = 0; stage < depth; stage++) {
            int fanIn = inputs(stage) * KERNEL * KERNEL;
            String convolution = convolution(stage);
            List<Integer> kernel = List.of(width, inputs(stage), KERNEL, KERNEL);
            parameters.add(
                    new Parameter(
                            convolution + ".weight", kernel, Parameter.Initial.UNIFORM, fanIn));
            parameters.add(
                    new Parameter(
                            convolution + ".bias",
                            List.of(width),
                            Parameter.Initial.UNIFORM,
                            fanIn));
            parameters.addAll(normParameters(stage));
        }
        List<Integer> linear = List.of(classes, features());
        parameters.add(
                new Parameter("classifier.weight", linear, Parameter.Initial.UNIFORM, features()));
        parameters.add(
                new Parameter(
                        "classifier.bias",
                        List.of(classes),
                        Parameter.Initial.UNIFORM,
                        features()));
        return parameters;
    }

    @Override
    public long macsPerImage() {
        long macs = (long) features() * classes;
        for (int stage = 0; stage < depth; stage++) {
            long outputs = (long) width * rows(stage) * columns(stage);
            macs += outputs * inputs(stage) * KERNEL * KERNEL;
        }
        return macs;
    }

    private List<Parameter> normParameters(int stage) {
        String module = norm(stage);
        List<Integer> perChannel = List.of(width);
        return switch (norm.kind()) {
            case INSTANCE, GROUP -> Parameter.ofNorm(module, perChannel);
            case LAYER -> Parameter.ofNorm(module, List.of(width, rows(stage), columns(stage)));
            case BATCH -> Parameter.ofBatchNorm(module, width);
            case NONE -> List.of();
        };
    }

    private int modulesPerStage() {
        return norm.kind() == StageNorm.Kind.NONE ? 3 : 4;
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
}
