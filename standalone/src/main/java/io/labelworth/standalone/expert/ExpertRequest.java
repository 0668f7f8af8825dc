package io.labelworth.standalone.expert;

import io.labelworth.labeler.announce.CheckpointIds;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.run.Recipe;
import io.labelworth.schemas.event.Choice;
import java.util.Map;
import java.util.TreeMap;

/**
 * An expert to train.
 *
 * @param run name of the training run
 * @param architecture network, without its input
 * @param recipe how it is trained
 * @param epochs passes over the training split, at least 1
 * @param seed seed of initialisation, batch order and augmentation
 * @param codec how the labels of its checkpoints are to be stored
 * @param device where it is trained
 */
public record ExpertRequest(
        String run,
        Architecture architecture,
        Recipe recipe,
        int epochs,
        long seed,
        LabelCodec codec,
        ComputeDevice device) {

    /** Checks the name of the run. */
    public ExpertRequest {
        CheckpointIds.requireRun(run);
    }

    /** The architecture as its checkpoints record it: with its input. */
    Choice architectureOn(DatasetInfo dataset) {
        Architecture complete = architecture.forDataset(dataset);
        return new Choice(complete.name(), complete.parameters());
    }

    /** How the labels of its checkpoints are stored, as these record it. */
    Choice codecChoice() {
        return new Choice(codec.name(), codec.parameters());
    }

    /** Optimiser and schedule as its checkpoints record them. */
    Choice schedule() {
        Map<String, String> parameters = new TreeMap<>(recipe.everyParameter());
        parameters.put("epochs", Integer.toString(epochs));
        parameters.put("seed", Long.toString(seed));
        return new Choice(recipe.name(), parameters);
    }
}
