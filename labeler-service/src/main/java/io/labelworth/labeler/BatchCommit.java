package io.labelworth.labeler;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventProducer;
import io.labelworth.labeler.LabelledBatch.Label;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Labels, dead letters, progress and the group's offsets of one batch in one transaction: all of it
 * is there or none. Labels are acknowledged before progress is sent, since progress carries their
 * offsets.
 */
final class BatchCommit {

    private final ExpertCheckpoint checkpoint;
    private final TopicIds topicIds;
    private final String worker;
    private final DeadLetters deadLetters;
    private final Clock clock;

    BatchCommit(
            ExpertCheckpoint checkpoint,
            TopicIds topicIds,
            String worker,
            DeadLetters deadLetters,
            Clock clock) {
        this.checkpoint = checkpoint;
        this.topicIds = topicIds;
        this.worker = worker;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * Commits a batch.
     *
     * @param before progress on the partitions of {@code next} until now
     * @param next positions after the batch
     * @return progress on them from now on
     */
    Map<TopicPartition, PartitionProgress> commit(
            EventProducer producer,
            LabelledBatch batch,
            Map<TopicPartition, PartitionProgress> before,
            Map<TopicPartition, OffsetAndMetadata> next,
            ConsumerGroupMetadata group) {
        Map<TopicPartition, PartitionProgress> after = new HashMap<>();
        producer.inTransaction(
                () -> {
                    List<RecordMetadata> labelled = sendLabels(producer, batch.labels());
                    next.forEach(
                            (partition, offset) ->
                                    after.put(
                                            partition,
                                            progress(
                                                            before.get(partition),
                                                            labelled,
                                                            batch,
                                                            partition)
                                                    .at(offset.offset())));
                    after.forEach((partition, at) -> sendProgress(producer, partition, at));
                    batch.letters().forEach(letter -> deadLetters.send(producer, letter));
                    producer.sendOffsets(next, group);
                });
        return after;
    }

    private static List<RecordMetadata> sendLabels(EventProducer producer, List<Label> labels) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(labels.size());
        for (Label label : labels) {
            sent.add(
                    producer.send(
                            Topics.SOFT_LABELS, label.partition(), label.key(), label.event()));
        }
        return sent.stream().map(EventProducer::acknowledged).toList();
    }

    private static PartitionProgress progress(
            PartitionProgress before,
            List<RecordMetadata> labelled,
            LabelledBatch batch,
            TopicPartition partition) {
        PartitionProgress progress = before;
        for (RecordMetadata label : labelled) {
            if (label.partition() == partition.partition()) {
                progress = progress.labelledAt(label.offset());
            }
        }
        int failed = 0;
        for (DeadLetter letter : batch.letters()) {
            failed += letter.getPartition() == partition.partition() ? 1 : 0;
        }
        return progress.failed(failed);
    }

    private void sendProgress(
            EventProducer producer, TopicPartition partition, PartitionProgress at) {
        producer.send(
                Topics.LABELING_PROGRESS,
                Keys.progress(checkpoint.getLabellingId(), partition.partition()),
                LabelingProgress.newBuilder()
                        .setLabellingId(checkpoint.getLabellingId())
                        .setCheckpointId(checkpoint.getCheckpointId())
                        .setPartition(partition.partition())
                        .setNextImageRefOffset(at.nextImageRef())
                        .setFirstLabelOffset(at.firstLabel())
                        .setNextLabelOffset(at.nextLabel())
                        .setImageRefsTopicId(topicIds.imageRefs())
                        .setSoftLabelsTopicId(topicIds.softLabels())
                        .setLabelled(at.labelled())
                        .setFailed(at.failed())
                        .setWorker(worker)
                        .setUpdatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                        .build());
    }
}
