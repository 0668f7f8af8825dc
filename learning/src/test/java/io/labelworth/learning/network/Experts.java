package io.labelworth.learning.network;

import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The experts that PyTorch wrote; see resources/pytorch/generate_experts.py. */
final class Experts {

    private static final List<Float> MEAN = List.of(0.2861f, 0.4f, 0.6f);
    private static final List<Float> STD = List.of(0.3530f, 0.25f, 0.3f);

    private Experts() {}

    /** Loads {@code file}, copied to {@code folder}, on the processor. */
    static ExpertModel load(Path folder, String file, String architecture, Precision precision) {
        return load(copy(folder, PytorchVectors.file(file)), architecture, precision);
    }

    /** Loads {@code file} on the processor; its format is that of its name. */
    static ExpertModel load(Path file, String architecture, Precision precision) {
        boolean module = architecture.startsWith("torchscript");
        return ExpertModel.load(
                file,
                hash(file),
                new ExpertModel.Description(
                        module ? WeightsFormat.TORCHSCRIPT : WeightsFormat.SAFETENSORS,
                        Architecture.parse(architecture),
                        preprocessing(architecture.contains("channels=3") ? 3 : 1),
                        precision),
                ComputeDevice.CPU);
    }

    static Preprocessing preprocessing(int channels) {
        return new Preprocessing(MEAN.subList(0, channels), STD.subList(0, channels));
    }

    static Path copy(Path folder, byte[] content) {
        try {
            return Files.write(folder.resolve("expert"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
