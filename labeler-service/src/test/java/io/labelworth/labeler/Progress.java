package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.LabelingProgress;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Progress as the follower of labeling-progress hands it over. */
final class Progress {

    static final TopicIds TOPICS = new TopicIds("image-refs-id", "soft-labels-id");

    private Progress() {}

    static ConsumerRecord<String, Decoded<LabelingProgress>> at(
            String labellingId, int partition, long next) {
        return at(labellingId, partition, next, TOPICS);
    }

    static ConsumerRecord<String, Decoded<LabelingProgress>> at(
            String labellingId, int partition, long next, TopicIds topics) {
        LabelingProgress event =
                LabelingProgress.newBuilder()
                        .setLabellingId(labellingId)
                        .setCheckpointId("checkpoint")
                        .setPartition(partition)
                        .setNextImageRefOffset(next)
                        .setFirstLabelOffset(100)
                        .setNextLabelOffset(100 + next)
                        .setImageRefsTopicId(topics.imageRefs())
                        .setSoftLabelsTopicId(topics.softLabels())
                        .setLabelled(next)
                        .setFailed(0)
                        .setWorker("labeler.test.0")
                        .setUpdatedAt(Instant.EPOCH)
                        .build();
        return new ConsumerRecord<>(
                Topics.LABELING_PROGRESS.name(),
                0,
                next,
                Keys.progress(labellingId, partition),
                Decoded.of(event));
    }
}
