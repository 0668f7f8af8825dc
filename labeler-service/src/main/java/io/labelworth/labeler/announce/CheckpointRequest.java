package io.labelworth.labeler.announce;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody says of a checkpoint that is to be announced.
 *
 * @param dataset dataset it classifies
 * @param run name of the training run it comes from
 * @param step optimiser steps taken, 0 or more
 * @param epoch passes over the training split, 0 or more; 0 when unknown
 * @param imagesSeen training images seen, repetitions counted, 0 or more; 0 when unknown
 * @param format of the file
 * @param architecture network; what it says of its input and classes must be the dataset's
 * @param preprocessing what it was trained to see; empty for the dataset's own
 * @param precision arithmetic of the forward pass
 * @param codec how its labels are to be stored; empty for the dataset's own
 * @param sha256 expected hash of the file, 64 hexadecimal digits; empty when the file itself is at
 *     hand
 */
public record CheckpointRequest(
        String dataset,
        String run,
        long step,
        double epoch,
        long imagesSeen,
        WeightsFormat format,
        Architecture architecture,
        Optional<Preprocessing> preprocessing,
        Precision precision,
        Optional<LabelCodec> codec,
        Optional<String> sha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Name that the checkpoint will have. */
    public String checkpointId() {
        return CheckpointIds.of(run, step);
    }

    void requireSensible() throws RefusedException {
        try {
            CheckpointIds.requireRun(run);
        } catch (ConfigurationException e) {
            throw new RefusedException(RefusedException.BAD_REQUEST, e);
        }
        require(step >= 0, "step is " + step + "; it must be 0 or more");
        require(
                epoch >= 0 && Double.isFinite(epoch),
                "epoch is " + epoch + "; it must be 0 or more");
        require(imagesSeen >= 0, "imagesSeen is " + imagesSeen + "; it must be 0 or more");
        require(
                sha256.isEmpty() || SHA256.matcher(sha256.get()).matches(),
                "sha256 must be 64 digits 0 to 9 and a to f");
    }

    private static void require(boolean condition, String otherwise) throws RefusedException {
        if (!condition) {
            throw new RefusedException(RefusedException.BAD_REQUEST, otherwise);
        }
    }
}
