package io.labelworth.standalone.status;

/**
 * How far the labelling of one checkpoint has come.
 *
 * @param checkpointId checkpoint
 * @param group consumer group of its labelling
 * @param retired whether it was retired
 * @param labelled images labelled
 * @param failed images dead-lettered
 * @param lag references not yet consumed; the whole topic before the group has committed anything
 * @param workers members of the group now
 */
public record LabellingStatus(
        String checkpointId,
        String group,
        boolean retired,
        long labelled,
        long failed,
        long lag,
        int workers) {}
