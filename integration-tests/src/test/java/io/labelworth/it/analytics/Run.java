package io.labelworth.it.analytics;

import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Choice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A finished run of the experiment in these tests, as plainly as an oracle wants it.
 *
 * @param expert expert checkpoint; null for hard labels
 */
record Run(
        String dataset,
        String expert,
        int imagesPerClass,
        int seed,
        double validation,
        double test) {

    private static final int IMAGE_BYTES = 784;

    /** Hard labels and three experts at four budgets; later experts are better on large budgets. */
    static List<Run> experiment(String dataset, int seeds, Random random) {
        List<Run> runs = new ArrayList<>();
        for (int budget : new int[] {1, 10, 50, 200}) {
            double hard = 0.40 + 0.16 * Math.log10(budget);
            for (int seed = 1; seed <= seeds; seed++) {
                runs.add(noisy(dataset, null, budget, seed, hard, random));
                for (int expert = 1; expert <= 3; expert++) {
                    double gain = 0.10 - 0.03 * Math.abs(expert - 1 - Math.log10(budget));
                    runs.add(noisy(dataset, "e" + expert, budget, seed, hard + gain, random));
                }
            }
        }
        return runs;
    }

    private static Run noisy(
            String dataset, String expert, int budget, int seed, double mean, Random random) {
        return new Run(
                dataset,
                expert,
                budget,
                seed,
                mean + 0.02 * random.nextGaussian(),
                mean + 0.02 * random.nextGaussian());
    }

    String configurationId() {
        return dataset + "-" + (expert == null ? "hard" : expert) + "-ipc" + imagesPerClass;
    }

    String runId() {
        return configurationId() + "-seed" + seed;
    }

    String regime() {
        return expert == null ? "hard" : "fixed-soft";
    }

    double bytes() {
        return 10.0 * imagesPerClass * (IMAGE_BYTES + (expert == null ? 0 : 20));
    }

    Accuracy event() {
        return Accuracy.newBuilder()
                .setRunId(runId())
                .setAttemptId(runId() + "-1")
                .setAttempt(1)
                .setExperimentId("experiment")
                .setConfigurationId(configurationId())
                .setFinalResult(true)
                .setDataset(dataset)
                .setDatasetVersion("v1")
                .setSource("real")
                .setImagesPerClass(imagesPerClass)
                .setRegime(regime())
                .setCheckpointId(expert)
                .setLabellingId(expert)
                .setTreatments(List.of())
                .setStudent(
                        Choice.newBuilder()
                                .setName("convnet")
                                .setParameters(Map.of("depth", "3", "width", "32"))
                                .build())
                .setRecipe(Choice.newBuilder().setName("sgd").build())
                .setSubsetSeed(seed)
                .setTrainingSeed(seed)
                .setStep(500)
                .setSteps(500)
                .setTrainLoss(0.4)
                .setValidationAccuracy(validation)
                .setValidationImages(2000)
                .setTestAccuracy(test)
                .setTestImages(10_000)
                .setBestValidationAccuracy(validation)
                .setBestStep(500)
                .setImages(10L * imagesPerClass)
                .setImageBytes(10L * imagesPerClass * IMAGE_BYTES)
                .setLabelBytes(expert == null ? 0 : 10L * imagesPerClass * 20)
                .setLabelEntropy(expert == null ? 0 : 0.7)
                .setStudentCompute(1e12)
                .setDeviceFingerprint("cpu")
                .setTrainSeconds(12)
                .setMeasuredAt(Instant.EPOCH)
                .build();
    }
}
