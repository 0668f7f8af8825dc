package io.labelworth.learning.network;

import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network's weights on disk, in safetensors, and their check against an architecture. */
public final class WeightsFile {

    private static final long MAX_BYTES = 1L << 30;

    private WeightsFile() {}

    /**
     * The content of an expert's file, read once: what is hashed is what is used, whatever happens
     * to the file.
     *
     * @param sha256 expected hash of the file, lower-case hexadecimal
     * @throws ModelException when the file is missing or has another hash
     */
    static byte[] verified(Path file, String sha256) {
        byte[] content = content(file);
        if (!Sha256.of(content).equals(sha256)) {
            throw new ModelException(
                    file + " has another SHA-256 than announced; publish the checkpoint again");
        }
        return content;
    }

    /**
     * Writes weights in one rename, so that the file is there whole or not at all.
     *
     * @return the file's SHA-256, lower-case hexadecimal
     */
    public static String write(Path file, Map<String, FloatTensor> weights) {
        byte[] content = Safetensors.encode(weights);
        writeAtomically(file, content);
        return Sha256.of(content);
    }

    /** Writes {@code content} to {@code file} in one rename. */
    public static void writeAtomically(Path file, byte[] content) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".part");
            try {
                Files.write(temporary, content);
                Files.move(
                        temporary,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new ModelException(
                    String.format(
                            "cannot write %s (%s); check space and rights", file, e.getMessage()),
                    e);
        }
    }

    /** {@code weights} in the order of {@code shape}, which must name exactly these parameters. */
    static Map<String, FloatTensor> matched(
            Map<String, FloatTensor> weights, StateDictShape shape) {
        Map<String, FloatTensor> matched = new LinkedHashMap<>();
        for (Parameter parameter : shape.parameters()) {
            FloatTensor tensor = weights.get(parameter.name());
            if (tensor == null || !tensor.shape().equals(parameter.shape())) {
                throw new ModelException(
                        String.format(
                                "%s should be there with the shape %s, and is %s",
                                parameter.name(),
                                parameter.shape(),
                                tensor == null ? "missing" : "of shape " + tensor.shape()));
            }
            matched.put(parameter.name(), tensor);
        }
        for (String name : weights.keySet()) {
            if (!matched.containsKey(name) && !Safetensors.isCount(name)) {
                throw new ModelException(name + " is no parameter of this architecture");
            }
        }
        return matched;
    }

    private static byte[] content(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelException(file + " is larger than any network known; check it");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ModelException(file + " is not there; check the checkpoint root", e);
        } catch (IOException e) {
            throw new ModelException(
                    "cannot read " + file + " (" + e.getMessage() + "); check it", e);
        }
    }
}
