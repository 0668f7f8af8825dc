package io.labelworth.analytics;

import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Choice;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Final results as a trainer would publish them. */
public final class Results {

    private static final Choice STUDENT =
            Choice.newBuilder()
                    .setName("convnet")
                    .setParameters(Map.of("depth", "3", "width", "32"))
                    .build();

    private Results() {}

    /** A final result with hard labels. */
    public static Accuracy.Builder hard(int imagesPerClass, int seed, double accuracy) {
        return result("hard-ipc" + imagesPerClass, "hard", imagesPerClass, seed, accuracy);
    }

    /** A final result with soft labels of one checkpoint. */
    public static Accuracy.Builder soft(
            String checkpoint, int imagesPerClass, int seed, double accuracy) {
        return result(
                        checkpoint + "-ipc" + imagesPerClass,
                        "fixed-soft",
                        imagesPerClass,
                        seed,
                        accuracy)
                .setCheckpointId(checkpoint)
                .setLabellingId("labelling-" + checkpoint)
                .setLabelBytes(200L * imagesPerClass);
    }

    private static Accuracy.Builder result(
            String configuration, String regime, int imagesPerClass, int seed, double accuracy) {
        String run = configuration + "-seed" + seed;
        return Accuracy.newBuilder()
                .setRunId(run)
                .setAttemptId(run + "-attempt1")
                .setAttempt(1)
                .setExperimentId("experiment")
                .setConfigurationId(configuration)
                .setFinalResult(true)
                .setDataset("fashion-mnist")
                .setDatasetVersion("v1")
                .setSource("real")
                .setImagesPerClass(imagesPerClass)
                .setRegime(regime)
                .setCheckpointId(null)
                .setLabellingId(null)
                .setTreatments(List.of())
                .setStudent(STUDENT)
                .setRecipe(Choice.newBuilder().setName("sgd").build())
                .setSubsetSeed(seed)
                .setTrainingSeed(seed)
                .setStep(100)
                .setSteps(100)
                .setTrainLoss(0.5)
                .setValidationAccuracy(accuracy)
                .setValidationImages(2000)
                .setTestAccuracy(accuracy)
                .setTestImages(10000)
                .setBestValidationAccuracy(accuracy)
                .setBestStep(100)
                .setImages(10L * imagesPerClass)
                .setImageBytes(7840L * imagesPerClass)
                .setLabelBytes(0)
                .setLabelEntropy(0)
                .setStudentCompute(1e9 * imagesPerClass)
                .setDeviceFingerprint("cpu")
                .setTrainSeconds(1)
                .setMeasuredAt(Instant.EPOCH);
    }
}
