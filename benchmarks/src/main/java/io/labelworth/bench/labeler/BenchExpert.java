package io.labelworth.bench.labeler;

import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An expert with fresh weights: how long a network takes does not depend on what it has learnt.
 *
 * @param file its weights
 * @param event its announcement
 */
record BenchExpert(Path file, ExpertCheckpoint event) {

    static final Preprocessing PREPROCESSING =
            new Preprocessing(List.of(0.2861f), List.of(0.3530f));

    private static final int DEPTH = 3;
    private static final String PRECISION = "fp32";

    /** The command line's default. */
    private static final String CODEC = "fp16";

    /** The paper's ConvNet of depth 3 for {@link BenchImages}. */
    static Architecture convnet(int width, int classes) {
        return network(DEPTH, width, classes);
    }

    /** A ConvNet of any depth for {@link BenchImages}. */
    static Architecture network(int depth, int width, int classes) {
        String side = Integer.toString(BenchImages.SIDE);
        return new Architecture(
                "convnet",
                Map.of(
                        "depth",
                        Integer.toString(depth),
                        "width",
                        Integer.toString(width),
                        "channels",
                        "1",
                        "imageHeight",
                        side,
                        "imageWidth",
                        side,
                        "classes",
                        Integer.toString(classes)));
    }

    /**
     * Writes weights below the checkpoint root.
     *
     * @param seed another seed, another labelling
     */
    static BenchExpert create(Path root, Architecture architecture, int seed) {
        String uri = "bench/step-" + seed + ".safetensors";
        String sha256 =
                WeightsFile.write(
                        root.resolve(uri),
                        Initialisation.weights(ConvNetShape.of(architecture), seed));
        ExpertCheckpoint event =
                ExpertCheckpoint.newBuilder()
                        .setCheckpointId("bench/step-" + seed)
                        .setLabellingId(
                                LabellingId.of(
                                        sha256,
                                        BenchImages.VERSION,
                                        architecture,
                                        PREPROCESSING,
                                        PRECISION,
                                        CODEC))
                        .setDataset(BenchImages.DATASET)
                        .setDatasetVersion(BenchImages.VERSION)
                        .setArchitecture(new Choice(architecture.name(), architecture.parameters()))
                        .setRun("bench")
                        .setStep(seed)
                        .setImagesSeen(seed)
                        .setEpoch(seed)
                        .setSchedule(new Choice("none", Map.of()))
                        .setUri(uri)
                        .setSha256(sha256)
                        .setFormat("safetensors")
                        .setPreprocessing(
                                new Choice(PREPROCESSING.name(), PREPROCESSING.parameters()))
                        .setPrecision(PRECISION)
                        .setCodec(new Choice(CODEC, Map.of()))
                        .setValidationAccuracy(null)
                        .setTestAccuracy(null)
                        .setLabelEntropy(null)
                        .setCreatedAt(Instant.EPOCH)
                        .build();
        return new BenchExpert(root.resolve(uri), event);
    }
}
