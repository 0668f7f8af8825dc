package io.labelworth.learning.network;

import java.util.List;

public record ComputeDevice(int gpu) {
    public static final ComputeDevice CPU = new ComputeDevice(-1);

    public static List<ComputeDevice> available(String text) {
        return List.of(CPU);
    }

    public long memoryBytes() {
        return 8L << 30;
    }
}
