package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whose labels some of an experiment's runs train on: one checkpoint's, or an ensemble's.
 *
 * @param checkpoints their ids
 * @param order place in the experiment; of a checkpoint that joins by itself behind all those that
 *     are listed, by its step, so that the next one to land moves none
 */
record LabelSource(List<String> checkpoints, int order) {

    /**
     * Those of an experiment: the checkpoints that it lists, its ensembles, then those that its
     * expert runs have besides.
     */
    static List<LabelSource> of(Experiment experiment, Collection<ExpertCheckpoint> announced) {
        List<LabelSource> sources = new ArrayList<>();
        experiment
                .getCheckpoints()
                .forEach(id -> sources.add(new LabelSource(List.of(id), sources.size())));
        experiment
                .getEnsembles()
                .forEach(ids -> sources.add(new LabelSource(List.copyOf(ids), sources.size())));
        int listed = sources.size();
        announced.stream()
                .filter(checkpoint -> joins(experiment, checkpoint))
                .forEach(
                        checkpoint -> {
                            long order = Math.min(listed + checkpoint.getStep(), Integer.MAX_VALUE);
                            List<String> id = List.of(checkpoint.getCheckpointId());
                            sources.add(new LabelSource(id, (int) order));
                        });
        return sources;
    }

    /** Whether a checkpoint that an experiment does not list is one of its expert runs'. */
    static boolean joins(Experiment experiment, ExpertCheckpoint checkpoint) {
        // One that was retired before is not asked for; one retired since stays, as its labels do.
        boolean served =
                !checkpoint.getRetired()
                        || checkpoint.getCreatedAt().isAfter(experiment.getCreatedAt());
        return served
                && checkpoint.getViews() == null
                && checkpoint.getDataset().equals(experiment.getDataset())
                && experiment.getExpertRuns().contains(checkpoint.getRun())
                && !experiment.getCheckpoints().contains(checkpoint.getCheckpointId());
    }
}
