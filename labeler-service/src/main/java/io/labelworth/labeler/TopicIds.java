package io.labelworth.labeler;

import io.labelworth.kafka.Cluster;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.LabelingProgress;

/**
 * UUIDs of the topics that progress counts offsets of. A topic deleted and created again has the
 * same name and another UUID: offsets remembered of the old one mean nothing.
 */
record TopicIds(String imageRefs, String softLabels) {

    static TopicIds of(Cluster cluster) {
        return new TopicIds(
                cluster.topicId(Topics.IMAGE_REFS), cluster.topicId(Topics.SOFT_LABELS));
    }

    boolean match(LabelingProgress progress) {
        return imageRefs.equals(progress.getImageRefsTopicId())
                && softLabels.equals(progress.getSoftLabelsTopicId());
    }
}
