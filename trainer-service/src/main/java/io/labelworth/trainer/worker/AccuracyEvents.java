package io.labelworth.trainer.worker;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.run.Drawn;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.run.Selection;
import io.labelworth.learning.training.CurvePoint;
import io.labelworth.learning.training.StudentResult;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.assembly.AssembledSet;
import io.labelworth.trainer.assembly.SetAssembler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** The measurements of one attempt, as events. */
final class AccuracyEvents {

    private static final int LONGEST_PARAMETER = 200;

    private final TrainingRun run;
    private final RunSpec spec;
    private final AssembledSet set;
    private final ComputeDevice device;
    private final Clock clock;

    /**
     * @param device what the attempt is trained on
     */
    AccuracyEvents(
            TrainingRun run, RunSpec spec, AssembledSet set, ComputeDevice device, Clock clock) {
        this.run = run;
        this.spec = spec;
        this.set = set;
        this.device = device;
        this.clock = clock;
    }

    /** A point on the way. */
    Accuracy point(CurvePoint point, String deviceFingerprint) {
        return measured(point, deviceFingerprint)
                .setFinalResult(false)
                .setTestAccuracy(null)
                .setTestImages(0)
                .build();
    }

    /** The final result. */
    Accuracy result(StudentResult result) {
        return measured(result.last(), result.deviceFingerprint())
                .setFinalResult(true)
                .setTestAccuracy(result.testAccuracy())
                .setTestAccuracyByClass(result.testAccuracyByClass())
                .setTestImages(result.testImages())
                .setSetId(set.manifest().getSetId())
                .setLabelDigest(set.manifest().getLabelDigest())
                .build();
    }

    private Accuracy.Builder measured(CurvePoint point, String deviceFingerprint) {
        DistilledSet manifest = set.manifest();
        return Accuracy.newBuilder()
                .setRunId(run.getRunId())
                .setAttemptId(run.getAttemptId())
                .setAttempt(run.getAttempt())
                .setReplayOf(run.getReplayOf())
                .setExperimentId(run.getExperimentId())
                .setConfigurationId(run.getConfigurationId())
                .setDataset(spec.dataset())
                .setDatasetVersion(spec.datasetVersion())
                .setSource(spec.source())
                .setImagesPerClass(spec.imagesPerClass())
                .setRegime(spec.regime())
                .setCheckpointId(set.checkpointId())
                .setLabellingId(run.getLabellingId())
                .setTreatments(SetAssembler.treatments(spec))
                .setSelection(selection(spec.selection()))
                .setStudent(new Choice(spec.student().name(), spec.student().parameters()))
                .setRecipe(new Choice(spec.recipe().name(), spec.recipe().parameters()))
                .setSubsetSeed(spec.subsetSeed())
                .setTrainingSeed(spec.trainingSeed())
                .setStep(point.step())
                .setSteps(spec.recipe().steps())
                .setTrainLoss(point.trainLoss())
                .setValidationAccuracy(point.validationAccuracy())
                .setValidationImages(point.validationImages())
                .setBestValidationAccuracy(point.bestValidationAccuracy())
                .setBestStep(point.bestStep())
                .setImages(manifest.getImageIds().size())
                .setStudentCompute(point.studentCompute())
                .setImageBytes(manifest.getImageBytes())
                .setLabelBytes(manifest.getLabelBytes())
                .setLabelEntropy(manifest.getMeanEntropy())
                .setDeviceFingerprint(deviceFingerprint)
                .setRepeatable(device.isRepeatable())
                .setTrainSeconds(point.trainSeconds())
                .setMeasuredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** A list of images may be as long as the set; its hash tells lists apart as well. */
    private static Choice selection(Selection selection) {
        if (selection instanceof Drawn) {
            return null;
        }
        Map<String, String> parameters = new TreeMap<>(selection.parameters());
        parameters.replaceAll(
                (name, text) ->
                        text.length() <= LONGEST_PARAMETER
                                ? text
                                : "sha256:" + Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        return new Choice(selection.name(), parameters);
    }
}
