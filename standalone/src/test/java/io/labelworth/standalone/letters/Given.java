package io.labelworth.standalone.letters;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.letters.Letters.Current;
import io.labelworth.standalone.letters.StandingCheckpoints.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Letters and checkpoints; a checkpoint's labelling is named after it. */
public final class Given {

    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Given() {}

    public static DeadLetter image(String checkpoint, long offset) {
        return letter("image-refs", offset, checkpoint)
                .setImageId("train-" + offset)
                .setKind("missing-file")
                .setReason("there is no file " + offset)
                .build();
    }

    public static DeadLetter whole(String checkpoint, long offset) {
        return letter("expert-checkpoints", offset, checkpoint)
                .setKind("wrong-hash")
                .setReason("other weights")
                .build();
    }

    static DeadLetter other(String topic, long offset) {
        return letter(topic, offset, null)
                .setKind("unreadable-event")
                .setReason("not Avro")
                .build();
    }

    private static DeadLetter.Builder letter(String topic, long offset, String checkpoint) {
        return DeadLetter.newBuilder()
                .setTopic(topic)
                .setPartition(0)
                .setOffset(offset)
                .setLabellingId(checkpoint == null ? null : "labelling-of-" + checkpoint)
                .setCheckpointId(checkpoint)
                .setImageId(null)
                .setWorker("labeler.a.0")
                .setFailedAt(NOW.plusSeconds(offset));
    }

    static Letters letters(DeadLetter... letters) {
        return new Letters(
                Stream.of(letters)
                        .map(letter -> new Current(DeadLetters.keyOf(letter), 0, letter))
                        .toList());
    }

    static DeadLetter resolved(DeadLetter letter) {
        return LetterState.RESOLVED.of(letter);
    }

    static StandingCheckpoints standing(Standing... announcements) {
        return new StandingCheckpoints(List.of(announcements));
    }

    static Standing announced(String checkpoint, long offset, boolean retired) {
        return new Standing(offset, checkpoint(checkpoint, retired));
    }

    public static ExpertCheckpoint checkpoint(String checkpoint, boolean retired) {
        return ExpertCheckpoint.newBuilder()
                .setCheckpointId(checkpoint)
                .setLabellingId("labelling-of-" + checkpoint)
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setArchitecture(new Choice("convnet", Map.of()))
                .setRun("expert")
                .setStep(1)
                .setImagesSeen(1)
                .setEpoch(0.1)
                .setSchedule(new Choice("sgd", Map.of()))
                .setUri("x")
                .setSha256("0".repeat(64))
                .setFormat("safetensors")
                .setPreprocessing(new Choice("normalize", Map.of()))
                .setCodec(new Choice("fp32", Map.of()))
                .setValidationAccuracy(null)
                .setTestAccuracy(null)
                .setLabelEntropy(null)
                .setCreatedAt(NOW)
                .setRetired(retired)
                .build();
    }
}
