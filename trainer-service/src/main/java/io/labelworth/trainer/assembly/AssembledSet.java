package io.labelworth.trainer.assembly;

import io.labelworth.learning.training.TrainingSet;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.schemas.event.DistilledSet;
import java.util.List;

/**
 * A distilled set, ready to train on.
 *
 * @param set pixels and targets
 * @param manifest what the set is made of
 * @param places class and rank of each image, in training order, as the manifest has their ids
 * @param checkpointId checkpoint behind the labels, several joined by +; null for hard ones
 */
public record AssembledSet(
        TrainingSet set, DistilledSet manifest, List<ImagePlace> places, String checkpointId) {}
