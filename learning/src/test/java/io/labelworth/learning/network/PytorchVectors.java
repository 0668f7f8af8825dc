package io.labelworth.learning.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** What PyTorch computed; see resources/pytorch/generate.py. */
final class PytorchVectors {

    private PytorchVectors() {}

    static Map<String, FloatTensor> read(String name) {
        return Safetensors.decode(bytes(name));
    }

    static byte[] bytes(String name) {
        try (InputStream in =
                PytorchVectors.class.getResourceAsStream("/pytorch/" + name + ".safetensors")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
