package io.labelworth.it.trainer;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Labels every image there is by the labeler's rules: a partition's labels and its progress in one
 * transaction, the progress naming the offsets that were acknowledged. The logits are made up, from
 * the labelling and the image alone.
 */
final class HandLabeler implements AutoCloseable {

    private final KafkaConnection connection;
    private final EventProducer producer;

    HandLabeler(KafkaConnection connection) {
        this.connection = connection;
        this.producer =
                EventProducer.transactional(
                        connection.settings(), connection.registry(), "hand-labeler");
    }

    void announce(ExpertCheckpoint checkpoint) {
        producer.inTransaction(
                () ->
                        producer.send(
                                Topics.EXPERT_CHECKPOINTS,
                                checkpoint.getCheckpointId(),
                                checkpoint));
    }

    void label(ExpertCheckpoint checkpoint, List<ConsumerRecord<String, Decoded<ImageRef>>> refs) {
        Map<Integer, List<ConsumerRecord<String, Decoded<ImageRef>>>> byPartition = new TreeMap<>();
        refs.forEach(
                r -> byPartition.computeIfAbsent(r.partition(), p -> new ArrayList<>()).add(r));
        byPartition.forEach(
                (partition, records) ->
                        producer.inTransaction(
                                () -> labelPartition(checkpoint, partition, records)));
    }

    private void labelPartition(
            ExpertCheckpoint checkpoint,
            int partition,
            List<ConsumerRecord<String, Decoded<ImageRef>>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ConsumerRecord<String, Decoded<ImageRef>> record : records) {
            SoftLabel label = label(checkpoint, record, 0);
            sent.add(producer.send(Topics.SOFT_LABELS, partition, key(label), label));
        }
        // A second label of the same image, with other logits: readers must ignore it.
        SoftLabel again = label(checkpoint, records.get(0), 1);
        sent.add(producer.send(Topics.SOFT_LABELS, partition, key(again), again));
        List<Long> offsets =
                sent.stream().map(f -> EventProducer.acknowledged(f).offset()).toList();
        LabelingProgress progress =
                LabelingProgress.newBuilder()
                        .setLabellingId(checkpoint.getLabellingId())
                        .setCheckpointId(checkpoint.getCheckpointId())
                        .setPartition(partition)
                        .setNextImageRefOffset(records.get(records.size() - 1).offset() + 1)
                        .setFirstLabelOffset(offsets.get(0))
                        .setNextLabelOffset(offsets.get(offsets.size() - 1) + 1)
                        .setImageRefsTopicId(connection.cluster().topicId(Topics.IMAGE_REFS))
                        .setSoftLabelsTopicId(connection.cluster().topicId(Topics.SOFT_LABELS))
                        .setLabelled(records.size())
                        .setFailed(0)
                        .setWorker("hand-labeler")
                        .setUpdatedAt(Instant.parse("2026-11-21T00:00:00Z"))
                        .build();
        producer.send(
                Topics.LABELING_PROGRESS,
                Keys.progress(checkpoint.getLabellingId(), partition),
                progress);
    }

    private static SoftLabel label(
            ExpertCheckpoint checkpoint,
            ConsumerRecord<String, Decoded<ImageRef>> record,
            int variant) {
        ImageRef image = record.value().value();
        Random random =
                new Random((checkpoint.getLabellingId() + image.getImageId() + variant).hashCode());
        float[] logits = new float[TinyDataset.CLASSES];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = random.nextFloat() + (c == image.getImageClass() ? 2 : 0);
        }
        return SoftLabel.newBuilder()
                .setDataset(image.getDataset())
                .setSource(image.getSource())
                .setLabellingId(checkpoint.getLabellingId())
                .setCheckpointId(checkpoint.getCheckpointId())
                .setImageId(image.getImageId())
                .setImageClass(image.getImageClass())
                .setRank(image.getRank())
                .setCodec(checkpoint.getCodec())
                .setLogits(ByteBuffer.wrap(LabelCodecs.parse("fp32").encode(logits)))
                .setEntropy(1)
                .setArgMax(image.getImageClass())
                .setImageRefPartition(record.partition())
                .setImageRefOffset(record.offset())
                .build();
    }

    private static String key(SoftLabel label) {
        return Keys.softLabel(
                label.getDataset(), label.getSource(), label.getLabellingId(), label.getImageId());
    }

    @Override
    public void close() {
        producer.close();
    }
}
