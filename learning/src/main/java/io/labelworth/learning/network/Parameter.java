package io.labelworth.learning.network;

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
