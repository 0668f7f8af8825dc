package io.labelworth.labeler;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Loads announced checkpoints from under one root. Announcements come from outside: everything in
 * one is checked before it is used.
 */
final class ExpertLoader implements Experts {

    private static final String SAFETENSORS = "safetensors";
    private static final String FP32 = "fp32";

    private final Path root;

    /** A loader of files under {@code root}, the checkpoint root. */
    ExpertLoader(Path root, java.util.List<Path> torchScriptDirs) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Loads a checkpoint; the caller closes it.
     *
     * @throws CheckpointRefusedException when it cannot label, with the reason
     */
    @Override
    public long bytesBefore(ExpertCheckpoint checkpoint) {
        return 0;
    }

    @Override
    public Expert load(
            ExpertCheckpoint checkpoint, io.labelworth.learning.network.ComputeDevice device)
            throws CheckpointRefusedException {
        requireKnown("format", checkpoint.getFormat(), SAFETENSORS);
        requireKnown("precision", checkpoint.getPrecision(), FP32);
        LabelCodec codec = codec(checkpoint);
        try {
            Architecture architecture =
                    new Architecture(
                            checkpoint.getArchitecture().getName(),
                            checkpoint.getArchitecture().getParameters());
            Preprocessing preprocessing =
                    Preprocessing.of(
                            checkpoint.getPreprocessing().getName(),
                            checkpoint.getPreprocessing().getParameters());
            ConvNetShape shape = ConvNetShape.of(architecture);
            requireIdentity(checkpoint, architecture, preprocessing);
            ExpertModel model =
                    ExpertModel.load(
                            file(checkpoint.getUri()),
                            checkpoint.getSha256(),
                            architecture,
                            preprocessing);
            return new Expert(
                    checkpoint,
                    codec,
                    shape.inputFloats(),
                    shape.classes(),
                    model.bytesHeld(),
                    model::logits,
                    model::close);
        } catch (ModelException e) {
            throw new CheckpointRefusedException("unusable-model", e);
        }
    }

    /** The labelling id is what readers trust labels by, so it must be that of what will label. */
    private static void requireIdentity(
            ExpertCheckpoint checkpoint, Architecture architecture, Preprocessing preprocessing)
            throws CheckpointRefusedException {
        String expected =
                LabellingId.of(
                        checkpoint.getSha256(),
                        checkpoint.getDatasetVersion(),
                        architecture,
                        preprocessing,
                        checkpoint.getPrecision(),
                        checkpoint.getCodec().getName());
        if (!expected.equals(checkpoint.getLabellingId())) {
            throw new CheckpointRefusedException(
                    "wrong-labelling-id",
                    "the labelling id announced is not that of these weights, architecture,"
                            + " preprocessing and codec, which is "
                            + expected
                            + "; announce the checkpoint again");
        }
    }

    private Path file(String uri) throws CheckpointRefusedException {
        try {
            Path file = root.resolve(uri).normalize();
            boolean inside = file.startsWith(root) && !Path.of(uri).isAbsolute();
            // A link may lead out of a root that the path itself stays in.
            if (inside && Files.exists(file)) {
                inside = file.toRealPath().startsWith(root.toRealPath());
            }
            if (!inside) {
                throw outside(uri);
            }
            if (!Files.isRegularFile(file)) {
                throw new CheckpointRefusedException(
                        "missing-file", uri + " is not in the checkpoint root");
            }
            return file;
        } catch (InvalidPathException e) {
            throw outside(uri);
        } catch (IOException e) {
            throw new CheckpointRefusedException("missing-file", e);
        }
    }

    private static CheckpointRefusedException outside(String uri) {
        return new CheckpointRefusedException(
                "outside-root", uri + " leads out of the checkpoint root");
    }

    private static LabelCodec codec(ExpertCheckpoint checkpoint) throws CheckpointRefusedException {
        try {
            return LabelCodecs.of(
                    checkpoint.getCodec().getName(), checkpoint.getCodec().getParameters());
        } catch (LabelException e) {
            throw new CheckpointRefusedException("unknown-codec", e);
        }
    }

    private static void requireKnown(String what, String value, String known)
            throws CheckpointRefusedException {
        if (!known.equals(value)) {
            throw new CheckpointRefusedException(
                    "unknown-" + what, what + " " + value + " is not known; known: " + known);
        }
    }
}
