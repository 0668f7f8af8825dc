package io.labelworth.learning.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What PyTorch computed; see the generators in resources/pytorch. */
final class PytorchVectors {

    private PytorchVectors() {}

    static Map<String, FloatTensor> read(String name) {
        return Safetensors.decode(bytes(name));
    }

    static byte[] bytes(String name) {
        return file(name + ".safetensors");
    }

    /** The raw pixels of {@code images}, an array for each. */
    static List<byte[]> pixels(FloatTensor images) {
        int floats = images.values().length / images.shape().get(0);
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < images.shape().get(0); i++) {
            byte[] raw = new byte[floats];
            for (int p = 0; p < floats; p++) {
                raw[p] = (byte) images.values()[i * floats + p];
            }
            pixels.add(raw);
        }
        return pixels;
    }

    /** The content of a file that PyTorch wrote. */
    static byte[] file(String name) {
        try (InputStream in = PytorchVectors.class.getResourceAsStream("/pytorch/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
