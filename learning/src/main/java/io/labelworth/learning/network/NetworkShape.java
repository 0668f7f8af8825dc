package io.labelworth.learning.network;

/** Sizes of a network, checked: what goes in and what comes out. */
public sealed interface NetworkShape permits StateDictShape, ModuleShape, TableShape {

    /**
     * The sizes that {@code architecture} names.
     *
     * @throws ModelException when it is no architecture known, or a parameter is missing, unknown
     *     or out of range
     */
    static NetworkShape of(Architecture architecture) {
        return switch (architecture.name()) {
            case ConvNetShape.NAME -> ConvNetShape.of(architecture);
            case ResNetShape.NAME -> ResNetShape.of(architecture);
            case ModuleShape.NAME -> ModuleShape.of(architecture);
            case TableShape.NAME -> TableShape.of(architecture);
            default ->
                    throw new ModelException(
                            String.format(
                                    "unknown architecture \"%s\"; known: %s, %s, %s, %s",
                                    architecture.name(),
                                    ConvNetShape.NAME,
                                    ResNetShape.NAME,
                                    ModuleShape.NAME,
                                    TableShape.NAME));
        };
    }

    /** Channels of an image. */
    int channels();

    /** Rows of an image. */
    int imageHeight();

    /** Columns of an image. */
    int imageWidth();

    /** Outputs. */
    int classes();

    /**
     * Multiply-accumulates of one forward pass of one image: convolutions and linear layer.
     *
     * @throws ModelException when they cannot be known
     */
    long macsPerImage();

    /** Floats of an image, which are the bytes of its raw pixels too. */
    default int inputFloats() {
        return channels() * imageHeight() * imageWidth();
    }
}
