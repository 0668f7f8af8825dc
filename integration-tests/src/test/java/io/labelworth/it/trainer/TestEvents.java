package io.labelworth.it.trainer;

import io.labelworth.learning.data.Candidate;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The events that ingest, experts and experimenters write. */
final class TestEvents {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private TestEvents() {}

    static ImageRef ref(Candidate image, String source) {
        return ImageRef.newBuilder()
                .setDataset(TinyDataset.NAME)
                .setDatasetVersion(TinyDataset.VERSION)
                .setSplit("train")
                .setImageId(image.imageId())
                .setUri(image.uri())
                .setSha256(image.sha256())
                .setImageClass(image.imageClass())
                .setRank(image.rank())
                .setSource(source)
                .build();
    }

    static ExpertCheckpoint checkpoint(String checkpointId, String labellingId) {
        return ExpertCheckpoint.newBuilder()
                .setCheckpointId(checkpointId)
                .setLabellingId(labellingId)
                .setDataset(TinyDataset.NAME)
                .setDatasetVersion(TinyDataset.VERSION)
                .setArchitecture(convnet())
                .setRun("expert")
                .setStep(1)
                .setImagesSeen(1)
                .setEpoch(0.1)
                .setSchedule(choice("sgd"))
                .setUri("unused.safetensors")
                .setSha256("0".repeat(64))
                .setFormat("safetensors")
                .setPreprocessing(choice("normalize"))
                .setCodec(choice("fp32"))
                .setValidationAccuracy(null)
                .setTestAccuracy(null)
                .setLabelEntropy(null)
                .setCreatedAt(NOW)
                .build();
    }

    /** Budgets 1 and 2, hard labels unless only checkpoints are asked for. */
    static Experiment.Builder experiment(String id, int steps) {
        return Experiment.newBuilder()
                .setExperimentId(id)
                .setName(id)
                .setDataset(TinyDataset.NAME)
                .setDatasetVersion(TinyDataset.VERSION)
                .setPool(TinyDataset.POOL)
                .setBudgets(
                        List.of(new Budget(1, steps, null, null), new Budget(2, steps, null, null)))
                .setHardLabels(true)
                .setCheckpoints(List.of())
                .setStudent(convnet())
                .setRecipe(choice("sgd"))
                .setEvaluation(new Choice("final", Map.of("validationImages", "9")))
                .setSeeds(List.of(0L))
                .setCreatedAt(NOW);
    }

    static Choice choice(String name) {
        return new Choice(name, Map.of());
    }

    private static Choice convnet() {
        return new Choice("convnet", Map.of("depth", "2", "width", "4"));
    }
}
