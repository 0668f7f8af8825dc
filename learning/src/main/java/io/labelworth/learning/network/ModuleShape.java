package io.labelworth.learning.network;

import java.util.Set;

/**
 * Input and output of a TorchScript module, whose inside is its own: it takes a batch of normalised
 * float32 images (images, channels, rows, columns) and answers with logits (images, classes).
 *
 * @param channels channels of an image, 1 to 16
 * @param imageHeight rows of an image, 2 to 1024
 * @param imageWidth columns of an image, 2 to 1024
 * @param classes outputs, 2 to 100,000
 */
record ModuleShape(int channels, int imageHeight, int imageWidth, int classes)
        implements NetworkShape {

    static final String NAME = "torchscript";

    private static final Set<String> PARAMETERS =
            Set.of("channels", "imageHeight", "imageWidth", "classes");

    /** Checks the ranges. */
    ModuleShape {
        ArchitectureParameters.requireEnds(NAME, channels, imageHeight, imageWidth, classes);
    }

    static ModuleShape of(Architecture architecture) {
        ArchitectureParameters parameters = new ArchitectureParameters(architecture, PARAMETERS);
        return new ModuleShape(
                parameters.integer("channels"),
                parameters.integer("imageHeight"),
                parameters.integer("imageWidth"),
                parameters.integer("classes"));
    }

    @Override
    public long macsPerImage() {
        throw new ModelException(
                "the cost of a TorchScript module is not known; it can be an expert only");
    }
}
