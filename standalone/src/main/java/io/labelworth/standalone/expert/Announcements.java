package io.labelworth.standalone.expert;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.training.CheckpointFile;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The events that announce checkpoints. */
final class Announcements {

    private static final String FP32 = "fp32";
    private static final String SAFETENSORS = "safetensors";

    private Announcements() {}

    /** The announcement of a checkpoint trained here. */
    static ExpertCheckpoint trained(
            CheckpointFile file,
            DatasetInfo dataset,
            ExpertRequest request,
            Path checkpointRoot,
            Instant now) {
        Architecture architecture = request.architecture().forDataset(dataset);
        return weights(
                        file.sha256(),
                        dataset,
                        architecture,
                        Preprocessing.of(dataset),
                        request.codec())
                .setCheckpointId(CheckpointIds.of(request.run(), file.step()))
                .setRun(request.run())
                .setStep(file.step())
                .setImagesSeen(file.imagesSeen())
                .setEpoch(file.epoch())
                .setSchedule(request.schedule())
                .setUri(uri(checkpointRoot, file.path()))
                .setValidationAccuracy(file.validationAccuracy())
                .setTestAccuracy(file.testAccuracy())
                .setLabelEntropy(file.labelEntropy())
                .setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** What decides the logits, and the id that follows from it. */
    static ExpertCheckpoint.Builder weights(
            String sha256,
            DatasetInfo dataset,
            Architecture architecture,
            Preprocessing preprocessing,
            LabelCodec codec) {
        String labellingId =
                LabellingId.of(
                        sha256, dataset.version(), architecture, preprocessing, FP32, codec.text());
        return ExpertCheckpoint.newBuilder()
                .setLabellingId(labellingId)
                .setDataset(dataset.name())
                .setDatasetVersion(dataset.version())
                .setArchitecture(new Choice(architecture.name(), architecture.parameters()))
                .setSha256(sha256)
                .setFormat(SAFETENSORS)
                .setPreprocessing(new Choice(Preprocessing.NAME, preprocessing.parameters()))
                .setPrecision(FP32)
                .setCodec(new Choice(codec.name(), codec.parameters()));
    }

    /** A file below the root as the topic names it: relative, with '/'. */
    static String uri(Path root, Path file) {
        Path relative =
                root.toAbsolutePath().normalize().relativize(file.toAbsolutePath().normalize());
        return relative.toString().replace('\\', '/');
    }
}
