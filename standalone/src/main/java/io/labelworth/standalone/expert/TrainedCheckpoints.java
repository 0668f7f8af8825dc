package io.labelworth.standalone.expert;

import io.labelworth.labeler.announce.CheckpointIds;
import io.labelworth.labeler.announce.CheckpointRoot;
import io.labelworth.labeler.announce.LabelIdentity;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.training.CheckpointFile;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The events that announce checkpoints trained here. */
final class TrainedCheckpoints {

    private TrainedCheckpoints() {}

    static ExpertCheckpoint announcement(
            CheckpointFile file,
            DatasetInfo dataset,
            ExpertRequest request,
            Path checkpointRoot,
            Instant now) {
        ExpertModel.Description description =
                new ExpertModel.Description(
                        WeightsFormat.SAFETENSORS,
                        request.architecture().forDataset(dataset),
                        file.preprocessing(),
                        Precision.FP32);
        return new LabelIdentity(dataset, description, request.codec())
                .announcement(file.sha256())
                .setCheckpointId(CheckpointIds.of(request.run(), file.step()))
                .setRun(request.run())
                .setStep(file.step())
                .setImagesSeen(file.imagesSeen())
                .setEpoch(file.epoch())
                .setSchedule(request.schedule())
                .setUri(new CheckpointRoot(checkpointRoot, List.of()).uri(file.path()))
                .setValidationAccuracy(file.validationAccuracy())
                .setTestAccuracy(file.testAccuracy())
                .setLabelEntropy(file.labelEntropy())
                .setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }
}
