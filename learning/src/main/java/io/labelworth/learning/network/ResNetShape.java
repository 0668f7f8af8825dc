package io.labelworth.learning.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sizes of a ResNet as torchvision builds it, with the names of its state_dict: basic blocks at
 * depth 18 and 34, bottlenecks (stride on the 3x3 convolution) above. Its stem is ImageNet's (7x7,
 * stride 2, then 3x3 max pool, stride 2) or that for small images (3x3, stride 1, no pool).
 *
 * @param depth 18, 34, 50, 101 or 152
 * @param stem {@code imagenet} or {@code small}
 * @param width channels of the first blocks, 1 to 256; torchvision's are {@link #TORCHVISION_WIDTH}
 * @param channels channels of an image
 * @param imageHeight rows of an image
 * @param imageWidth columns of an image
 * @param classes outputs
 */
public record ResNetShape(
        int depth,
        String stem,
        int width,
        int channels,
        int imageHeight,
        int imageWidth,
        int classes)
        implements StateDictShape {

    static final String NAME = "resnet";
    static final String WIDTH = "width";

    /** Width when an architecture names none. */
    static final int TORCHVISION_WIDTH = 64;

    static final String IMAGENET = "imagenet";
    static final String SMALL = "small";

    /** Blocks of each of the four layers, by depth. */
    static final Map<Integer, List<Integer>> BLOCKS =
            Map.of(
                    18, List.of(2, 2, 2, 2),
                    34, List.of(3, 4, 6, 3),
                    50, List.of(3, 4, 6, 3),
                    101, List.of(3, 4, 23, 3),
                    152, List.of(3, 8, 36, 3));

    private static final Set<String> PARAMETERS =
            Set.of("depth", "stem", "channels", "imageHeight", "imageWidth", "classes");

    /** Checks the ranges. */
    public ResNetShape {
        if (!BLOCKS.containsKey(depth)) {
            throw new ModelException(NAME + ": depth is " + depth + ", not 18, 34, 50, 101 or 152");
        }
        if (!Set.of(IMAGENET, SMALL).contains(stem)) {
            throw new ModelException(
                    String.format("%s: stem is \"%s\", not %s or %s", NAME, stem, IMAGENET, SMALL));
        }
        ArchitectureParameters.requireWithin(NAME, WIDTH, width, 1, 256);
        ArchitectureParameters.requireEnds(NAME, channels, imageHeight, imageWidth, classes);
    }

    static ResNetShape of(Architecture architecture) {
        Set<String> known = new HashSet<>(PARAMETERS);
        boolean widthNamed = architecture.parameters().containsKey(WIDTH);
        if (widthNamed) {
            known.add(WIDTH);
        }
        ArchitectureParameters parameters = new ArchitectureParameters(architecture, known);
        return new ResNetShape(
                parameters.integer("depth"),
                parameters.text("stem"),
                widthNamed ? parameters.integer(WIDTH) : TORCHVISION_WIDTH,
                parameters.integer("channels"),
                parameters.integer("imageHeight"),
                parameters.integer("imageWidth"),
                parameters.integer("classes"));
    }

    /** Its convolutions, in the order of the state_dict. */
    ResNetPlan plan() {
        return new ResNetPlan(this);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        ResNetPlan plan = plan();
        for (NormedConvolution convolution : plan.convolutions()) {
            parameters.addAll(convolution.parameters());
        }
        int features = plan.features();
        parameters.add(
                new Parameter(
                        "fc.weight",
                        List.of(classes, features),
                        Parameter.Initial.UNIFORM,
                        features));
        parameters.add(
                new Parameter("fc.bias", List.of(classes), Parameter.Initial.UNIFORM, features));
        return parameters;
    }

    @Override
    public long macsPerImage() {
        ResNetPlan plan = plan();
        return plan.convolutions().stream().mapToLong(NormedConvolution::macs).sum()
                + (long) plan.features() * classes;
    }
}
