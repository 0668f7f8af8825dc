package io.labelworth.trainer.planner;

/**
 * UUIDs of the topics that offsets in events are about.
 *
 * @param imageRefs of image-refs
 * @param softLabels of soft-labels
 */
record TopicIds(String imageRefs, String softLabels) {}
