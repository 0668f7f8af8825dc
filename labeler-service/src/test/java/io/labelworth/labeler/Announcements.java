package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Announcements as the follower of expert-checkpoints hands them over. */
final class Announcements {

    static final Architecture ARCHITECTURE =
            new Architecture(
                    "convnet",
                    Map.of(
                            "depth", "1",
                            "width", "4",
                            "channels", "1",
                            "imageHeight", "4",
                            "imageWidth", "4",
                            "classes", "2"));
    static final Preprocessing PREPROCESSING = new Preprocessing(List.of(0.5f), List.of(0.25f));

    private Announcements() {}

    static ExpertCheckpoint checkpoint(String id, String sha256) {
        return ExpertCheckpoint.newBuilder()
                .setCheckpointId(id)
                .setLabellingId(
                        LabellingId.of(
                                sha256, "tiny-1", ARCHITECTURE, PREPROCESSING, "fp32", "fp32"))
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setArchitecture(
                        new Choice(ARCHITECTURE.name(), Map.copyOf(ARCHITECTURE.parameters())))
                .setRun("run")
                .setStep(1)
                .setImagesSeen(256)
                .setEpoch(0.1)
                .setSchedule(new Choice("sgd", Map.of()))
                .setUri(id + ".safetensors")
                .setSha256(sha256)
                .setFormat("safetensors")
                .setPreprocessing(new Choice("normalize", PREPROCESSING.parameters()))
                .setCodec(new Choice("fp32", Map.of()))
                .setValidationAccuracy(null)
                .setTestAccuracy(null)
                .setLabelEntropy(null)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    static ConsumerRecord<String, Decoded<ExpertCheckpoint>> at(
            long offset, ExpertCheckpoint checkpoint) {
        return record(offset, checkpoint.getCheckpointId(), 1, Decoded.of(checkpoint));
    }

    static ConsumerRecord<String, Decoded<ExpertCheckpoint>> unreadable(long offset, String key) {
        return record(offset, key, 1, Decoded.unreadable("no Avro"));
    }

    static ConsumerRecord<String, Decoded<ExpertCheckpoint>> tombstone(long offset, String key) {
        return record(
                offset,
                key,
                ConsumerRecord.NULL_SIZE,
                Decoded.unreadable("the record has no value"));
    }

    private static ConsumerRecord<String, Decoded<ExpertCheckpoint>> record(
            long offset, String key, int valueSize, Decoded<ExpertCheckpoint> value) {
        return new ConsumerRecord<>(
                Topics.EXPERT_CHECKPOINTS.name(),
                0,
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                key.length(),
                valueSize,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
