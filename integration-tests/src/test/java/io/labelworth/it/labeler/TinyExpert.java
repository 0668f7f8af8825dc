package io.labelworth.it.labeler;

import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A small ConvNet with fresh weights, in a safetensors file, and its announcement. */
public record TinyExpert(Path root, ExpertCheckpoint event) {

    private static final int WIDTH = 4;
    private static final Preprocessing PREPROCESSING =
            new Preprocessing(List.of(0.5f), List.of(0.25f));

    public static TinyExpert create(Path root, String dataset, long seed) {
        return create(root, dataset, seed, WIDTH, weights -> weights);
    }

    /** An expert of so many channels: width 32 labels some thousand images a second. */
    static TinyExpert create(Path root, String dataset, long seed, int width) {
        return create(root, dataset, seed, width, weights -> weights);
    }

    public static TinyExpert create(
            Path root,
            String dataset,
            long seed,
            UnaryOperator<Map<String, FloatTensor>> treatment) {
        return create(root, dataset, seed, WIDTH, treatment);
    }

    private static TinyExpert create(
            Path root,
            String dataset,
            long seed,
            int width,
            UnaryOperator<Map<String, FloatTensor>> treatment) {
        Architecture architecture = architecture(width);
        String uri = dataset + "/expert-" + seed + ".safetensors";
        String sha256 =
                WeightsFile.write(
                        root.resolve(uri),
                        treatment.apply(
                                Initialisation.weights(ConvNetShape.of(architecture), seed)));
        ExpertCheckpoint event =
                ExpertCheckpoint.newBuilder()
                        .setCheckpointId(dataset + "-expert/step-" + seed)
                        .setLabellingId(
                                LabellingId.of(
                                        sha256,
                                        TinyImages.version(dataset),
                                        architecture,
                                        PREPROCESSING,
                                        "fp32",
                                        "fp32"))
                        .setDataset(dataset)
                        .setDatasetVersion(TinyImages.version(dataset))
                        .setArchitecture(choice(architecture.name(), architecture.parameters()))
                        .setRun(dataset + "-expert")
                        .setStep(seed)
                        .setImagesSeen(seed * 256)
                        .setEpoch(seed)
                        .setSchedule(choice("sgd", Map.of()))
                        .setUri(uri)
                        .setSha256(sha256)
                        .setFormat("safetensors")
                        .setPreprocessing(choice("normalize", PREPROCESSING.parameters()))
                        .setCodec(choice("fp32", Map.of()))
                        .setValidationAccuracy(null)
                        .setTestAccuracy(null)
                        .setLabelEntropy(null)
                        .setCreatedAt(Instant.EPOCH)
                        .build();
        return new TinyExpert(root, event);
    }

    /** The model that a label must agree with to the bit. */
    ExpertModel model() {
        return ExpertModel.load(
                root.resolve(event.getUri()),
                event.getSha256(),
                new ExpertModel.Description(
                        WeightsFormat.SAFETENSORS,
                        new Architecture(
                                event.getArchitecture().getName(),
                                event.getArchitecture().getParameters()),
                        PREPROCESSING,
                        Precision.FP32),
                ComputeDevice.CPU);
    }

    public String labellingId() {
        return event.getLabellingId();
    }

    public String group() {
        return "labeler." + labellingId().substring(0, 16);
    }

    private static Architecture architecture(int width) {
        return new Architecture(
                "convnet",
                Map.of(
                        "depth",
                        "2",
                        "width",
                        Integer.toString(width),
                        "channels",
                        "1",
                        "imageHeight",
                        Integer.toString(TinyImages.SIDE),
                        "imageWidth",
                        Integer.toString(TinyImages.SIDE),
                        "classes",
                        Integer.toString(TinyImages.CLASSES)));
    }

    private static Choice choice(String name, Map<String, String> parameters) {
        return Choice.newBuilder().setName(name).setParameters(parameters).build();
    }
}
