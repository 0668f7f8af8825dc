package io.labelworth.trainer.assembly;

import io.labelworth.learning.training.TrainingSet;
import io.labelworth.schemas.event.DistilledSet;

/**
 * A distilled set, ready to train on.
 *
 * @param set pixels and targets
 * @param manifest what the set is made of
 * @param checkpointId checkpoint behind the labels, several joined by +; null for hard ones
 */
public record AssembledSet(TrainingSet set, DistilledSet manifest, String checkpointId) {}
