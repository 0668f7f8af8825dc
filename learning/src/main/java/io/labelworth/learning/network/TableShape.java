package io.labelworth.learning.network;

import java.util.Set;

/**
 * What stands in for a network's sizes where there is none: a table of labels, each under its
 * image's id.
 *
 * @param channels channels of an image, 1 to 16
 * @param imageHeight rows of an image, 2 to 1024
 * @param imageWidth columns of an image, 2 to 1024
 * @param classes logits of a label, 2 to 100,000
 */
public record TableShape(int channels, int imageHeight, int imageWidth, int classes)
        implements NetworkShape {

    /** Name of the architecture. */
    public static final String NAME = "label-table";

    private static final Set<String> PARAMETERS =
            Set.of("channels", "imageHeight", "imageWidth", "classes");

    /** Checks the ranges. */
    public TableShape {
        ArchitectureParameters.requireEnds(NAME, channels, imageHeight, imageWidth, classes);
    }

    static TableShape of(Architecture architecture) {
        ArchitectureParameters parameters = new ArchitectureParameters(architecture, PARAMETERS);
        return new TableShape(
                parameters.integer("channels"),
                parameters.integer("imageHeight"),
                parameters.integer("imageWidth"),
                parameters.integer("classes"));
    }

    @Override
    public long macsPerImage() {
        throw new ModelException("a label table is no network; it can be an expert only");
    }
}
