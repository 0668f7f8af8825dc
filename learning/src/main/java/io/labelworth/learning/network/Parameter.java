package io.labelworth.learning.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a state_dict.
 *
 * @param name state_dict name
 * @param shape lengths of its dimensions
 * @param initial how it starts
 * @param fan values that the spread of {@code initial} depends on, 1 or more
 */
public record Parameter(String name, List<Integer> shape, Initial initial, int fan) {

    static final String MEAN = ".running_mean";
    static final String VARIANCE = ".running_var";

    /** Name of the module it belongs to. */
    String module() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Whether it is its module's weight, not its bias. */
    boolean isWeight() {
        return name.endsWith(".weight");
    }

    /** Whether a batch norm measures it in training: it has no gradient. */
    boolean isStatistic() {
        return name.endsWith(MEAN) || name.endsWith(VARIANCE);
    }

    /** A scale and a shift of the norm called {@code module}. */
    static List<Parameter> ofNorm(String module, List<Integer> shape) {
        return List.of(
                new Parameter(module + ".weight", shape, Initial.ONE, 1),
                new Parameter(module + ".bias", shape, Initial.ZERO, 1));
    }

    /** What a batch norm called {@code module} has. */
    static List<Parameter> ofBatchNorm(String module, int channels) {
        List<Integer> shape = List.of(channels);
        List<Parameter> parameters = new ArrayList<>(ofNorm(module, shape));
        parameters.add(new Parameter(module + MEAN, shape, Initial.ZERO, 1));
        parameters.add(new Parameter(module + VARIANCE, shape, Initial.ONE, 1));
        return parameters;
    }

    int size() {
        return shape.stream().reduce(1, (product, length) -> product * length);
    }

    /** Where a parameter starts. */
    public enum Initial {
        /** Uniform within 1/sqrt(fan-in): PyTorch's default for Conv2d and Linear. */
        UNIFORM,
        /** Normal with variance 2/fan-out: torchvision's choice for a ResNet's convolutions. */
        NORMAL,
        ZERO,
        ONE
    }
}
