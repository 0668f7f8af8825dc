package io.labelworth.learning.network;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.text.Decimals;
import io.labelworth.learning.text.NamedParameters;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A network by name and parameters, as specs and events carry it. A student's names its size
 * (depth, width) and what is unusual in it (norm); {@link #forDataset} adds the input (channels,
 * height, width of the image, classes), which an expert's carries too, so that it stands alone.
 *
 * @param name for example convnet
 * @param parameters by name, as text
 */
public record Architecture(String name, Map<String, String> parameters) {

    /**
     * Sorts the parameters, writes whole numbers in one way and leaves out a ResNet's width where
     * it is torchvision's and a ConvNet's norm where it is the paper's, so that one network has one
     * identity; checks that the text form is unambiguous.
     */
    public Architecture {
        SortedMap<String, String> sorted = new TreeMap<>(parameters);
        sorted.replaceAll((key, value) -> Decimals.canonical(value));
        if (name.equals(ResNetShape.NAME)) {
            sorted.remove(ResNetShape.WIDTH, Integer.toString(ResNetShape.TORCHVISION_WIDTH));
        }
        if (name.equals(ConvNetShape.NAME)) {
            sorted.remove(ConvNetShape.NORM, StageNorm.INSTANCE.toString());
            // A group for each channel is the same norm.
            sorted.remove(ConvNetShape.NORM, "group-" + sorted.get("width"));
        }
        parameters = Collections.unmodifiableSortedMap(sorted);
        if (!name.matches("[a-z0-9-]+")) {
            throw new ModelException("\"" + name + "\" is no architecture; try convnet");
        }
        parameters.forEach(
                (key, value) -> {
                    if (!key.matches("[A-Za-z]+") || !value.matches("[A-Za-z0-9.+-]+")) {
                        throw new ModelException(
                                name + " cannot have the parameter " + key + "=" + value);
                    }
                });
    }

    /** The paper's ConvNet of {@code depth} stages with {@code width} channels each. */
    public static Architecture convnet(int depth, int width) {
        return new Architecture(
                ConvNetShape.NAME,
                Map.of("depth", Integer.toString(depth), "width", Integer.toString(width)));
    }

    /**
     * Reads the text form, for example {@code convnet(depth=3,width=32)}.
     *
     * @throws ModelException when it is not of that form
     */
    public static Architecture parse(String text) {
        try {
            NamedParameters named = NamedParameters.parse(text);
            return new Architecture(named.name(), named.parameters());
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    "\"" + text + "\" is no architecture; write convnet(depth=3,width=32)", e);
        }
    }

    /** Names of the architectures that are trained here. */
    public static List<String> trainable() {
        return List.of(ConvNetShape.NAME, ResNetShape.NAME);
    }

    /** This architecture for the images and classes of {@code dataset}. */
    public Architecture forDataset(DatasetInfo dataset) {
        Map<String, String> complete = new TreeMap<>(parameters);
        complete.put("channels", Integer.toString(dataset.channels()));
        complete.put("imageHeight", Integer.toString(dataset.height()));
        complete.put("imageWidth", Integer.toString(dataset.width()));
        complete.put("classes", Integer.toString(dataset.classes()));
        return new Architecture(name, complete);
    }

    /**
     * Multiply-accumulates of one forward pass of one image (convolutions and linear layer; norm,
     * ReLU and pooling are not counted). Needs the input; see {@link #forDataset}.
     *
     * @throws ModelException when they cannot be known, as of a TorchScript module
     */
    public long macsPerImage() {
        return NetworkShape.of(this).macsPerImage();
    }

    /**
     * Checks the name, the parameters and their ranges. Needs the input; see {@link #forDataset}.
     *
     * @throws ModelException when there is no such network
     */
    public void validate() {
        NetworkShape.of(this);
    }

    /**
     * The sizes of a network that is trained here. Needs the input; see {@link #forDataset}.
     *
     * @throws ModelException when there is no such network, or it cannot be trained here
     */
    public StateDictShape requireTrainable() {
        if (NetworkShape.of(this) instanceof StateDictShape shape) {
            return shape;
        }
        throw new ModelException("a " + name + " module can be an expert only; train a convnet");
    }

    /** The text form, parameters sorted. */
    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(",", name + "(", ")"));
    }
}
