package io.labelworth.analytics.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.RunStatus;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivityTest {

    private final Runs runs = new Runs();
    private final Activity activity = new Activity(runs);

    @Test
    void lagIsWhatRemainsOnEveryPartitionAlsoThoseNobodyStarted() {
        activity.checkpoint(checkpoint("run/step-1", "labelling"));
        activity.progress(progress("labelling", 0, 80, 79, 1));
        activity.imageRefEnds(Map.of(0, 100L, 1, 50L));

        Activity.Snapshot snapshot = activity.snapshot();

        assertThat(snapshot.labellings())
                .singleElement()
                .returns(70L, Activity.LabellingStatus::lag)
                .returns(79L, Activity.LabellingStatus::labelled)
                .returns(1L, Activity.LabellingStatus::failed);
    }

    @Test
    void runIsInItsLastStateOnly() {
        runs.status("a", status("a", "queued", null));
        runs.status("a", status("a", "running", null));
        runs.status("b", status("b", "failed", "non-finite loss at step 3"));

        Activity.Snapshot snapshot = activity.snapshot();

        assertThat(snapshot.runsByState()).isEqualTo(Map.of("running", 1L, "failed", 1L));
        assertThat(snapshot.failedRuns())
                .singleElement()
                .returns("non-finite loss at step 3", Activity.RunLine::reason);
    }

    private static RunStatus status(String run, String state, String reason) {
        return RunStatus.newBuilder()
                .setRunId(run)
                .setAttemptId(run + "-1")
                .setAttempt(1)
                .setExperimentId("experiment")
                .setState(state)
                .setReason(reason)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static LabelingProgress progress(
            String labelling, int partition, long next, long labelled, long failed) {
        return LabelingProgress.newBuilder()
                .setLabellingId(labelling)
                .setCheckpointId("run/step-1")
                .setPartition(partition)
                .setNextImageRefOffset(next)
                .setFirstLabelOffset(0)
                .setNextLabelOffset(next)
                .setImageRefsTopicId("refs")
                .setSoftLabelsTopicId("labels")
                .setLabelled(labelled)
                .setFailed(failed)
                .setWorker("worker")
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static ExpertCheckpoint checkpoint(String id, String labelling) {
        Choice any = Choice.newBuilder().setName("any").build();
        return ExpertCheckpoint.newBuilder()
                .setCheckpointId(id)
                .setLabellingId(labelling)
                .setDataset("fashion-mnist")
                .setDatasetVersion("v1")
                .setArchitecture(any)
                .setRun("run")
                .setStep(1)
                .setImagesSeen(256)
                .setEpoch(0.1)
                .setSchedule(any)
                .setUri("run/step-1.safetensors")
                .setSha256("00")
                .setFormat("safetensors")
                .setPreprocessing(any)
                .setCodec(any)
                .setValidationAccuracy(null)
                .setTestAccuracy(null)
                .setLabelEntropy(null)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
