package io.labelworth.standalone.expert;

import io.labelworth.labeler.announce.CheckpointJson;
import io.labelworth.labeler.announce.RefusedException;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a JSON file beside a checkpoint says of it: the same name, with .json. Every field may be
 * absent, and others than these are passed over; see {@link CheckpointJson} for their form.
 *
 * @param step optimiser steps taken
 * @param epoch passes over the training split
 * @param imagesSeen training images seen, repetitions counted
 * @param architecture network
 * @param preprocessing what it was trained to see
 * @param precision arithmetic of the forward pass
 * @param codec how its labels are to be stored
 * @param sha256 hash of the weights file
 */
record CheckpointCard(
        Optional<Long> step,
        Optional<Double> epoch,
        Optional<Long> imagesSeen,
        Optional<Architecture> architecture,
        Optional<Preprocessing> preprocessing,
        Optional<Precision> precision,
        Optional<LabelCodec> codec,
        Optional<String> sha256) {

    private static final int MOST_BYTES = 1 << 16;

    /** Where the card of a checkpoint is. */
    static Path path(Path weights) {
        return weights.resolveSibling(baseName(weights) + ".json");
    }

    /** Name of a checkpoint's file without its ending. */
    static String baseName(Path weights) {
        return weights.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /**
     * The card beside a checkpoint, one that says nothing where there is none.
     *
     * @throws RefusedException when it cannot be read as one
     */
    static CheckpointCard beside(Path weights) throws RefusedException {
        Path path = path(weights);
        try {
            return parse(content(path));
        } catch (RefusedException e) {
            throw new RefusedException(e.kind(), path.getFileName() + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            return parse("{}");
        } catch (IOException e) {
            throw new RefusedException("missing-file", path + " cannot be read: " + e);
        }
    }

    private static CheckpointCard parse(String text) throws RefusedException {
        CheckpointJson json = CheckpointJson.of(text);
        return new CheckpointCard(
                json.whole("step"),
                json.number("epoch"),
                json.whole("imagesSeen"),
                json.architecture(),
                json.preprocessing(),
                json.precision(),
                json.codec(),
                json.text("sha256"));
    }

    private static String content(Path path) throws IOException, RefusedException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new RefusedException(
                        RefusedException.BAD_REQUEST, "it is too large for a card");
            }
            return new String(content, StandardCharsets.UTF_8);
        }
    }
}
