package io.labelworth.learning.training;

import io.labelworth.learning.network.Preprocessing;
import java.nio.file.Path;

/**
 * A checkpoint as written, and what PAPER.md says one must record.
 *
 * @param path the weights, safetensors; a card of the same name with .json lies beside it
 * @param sha256 hash of the weights file, lower-case hexadecimal
 * @param step optimiser steps taken
 * @param imagesSeen training images seen, repetitions counted
 * @param epoch passes over the training split: imagesSeen divided by its size
 * @param validationAccuracy on the whole validation split, 0 to 1
 * @param testAccuracy on the whole test split, 0 to 1; reported, never selected on
 * @param labelEntropy mean entropy in nats of the softmax over the validation split
 * @param preprocessing what it was trained to see
 */
public record CheckpointFile(
        Path path,
        String sha256,
        int step,
        long imagesSeen,
        double epoch,
        double validationAccuracy,
        double testAccuracy,
        double labelEntropy,
        Preprocessing preprocessing) {}
