package io.labelworth.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.run.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch itself judges networks, optimisers and schedules; see pytorch/generate_training.py. */
class NetworkTrainingTest {

    private static final String INPUT = ",channels=3,imageHeight=10,imageWidth=10,classes=4)";
    private static final int STEPS = 4;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    convnet-instance  | sgd   | convnet(depth=2,width=4,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-instance  | adamw | convnet(depth=2,width=4,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-batch     | sgd   | convnet(depth=2,width=4,norm=batch,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-batch     | adamw | convnet(depth=2,width=4,norm=batch,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-group-2   | sgd   | convnet(depth=2,width=4,norm=group-2,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-group-2   | adamw | convnet(depth=2,width=4,norm=group-2,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-layer     | sgd   | convnet(depth=2,width=4,norm=layer,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-layer     | adamw | convnet(depth=2,width=4,norm=layer,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-none      | sgd   | convnet(depth=2,width=4,norm=none,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    convnet-none      | adamw | convnet(depth=2,width=4,norm=none,channels=3,imageHeight=10,imageWidth=10,classes=4)
                    resnet18-small    | sgd   | resnet(depth=18,stem=small,width=2,channels=1,imageHeight=13,imageWidth=13,classes=6)
                    resnet18-small    | adamw | resnet(depth=18,stem=small,width=2,channels=1,imageHeight=13,imageWidth=13,classes=6)
                    resnet18-imagenet | sgd   | resnet(depth=18,stem=imagenet,width=2,channels=3,imageHeight=45,imageWidth=38,classes=6)
                    resnet50-small    | adamw | resnet(depth=50,stem=small,width=2,channels=3,imageHeight=12,imageWidth=15,classes=6)
                    """)
    void stepsGiveTheWeightsStatisticsAndLogitsThatPytorchGets(
            String name, String optimiser, String architecture) throws IOException {
        // Given
        Map<String, FloatTensor> vectors = PytorchAgreementTest.read("training/" + name);
        Map<String, FloatTensor> expected =
                PytorchAgreementTest.read("training/" + name + "-" + optimiser);
        boolean resNet = name.startsWith("resnet");
        Map<String, FloatTensor> start =
                PytorchAgreementTest.read(
                        resNet ? name + "-weights" : "training/" + name + "-start");
        StateDictShape shape = Architecture.parse(architecture).requireTrainable();
        TrainingSet set = PytorchAgreementTest.set(vectors.get("images"), vectors.get("targets"));
        assertThat((float) shape.macsPerImage()).isEqualTo(vectors.get("macs").values()[0]);

        try (TrainableNetwork network = TrainableNetwork.of(shape, start, ComputeDevice.CPU)) {
            TrainingLoop loop =
                    new TrainingLoop(
                            network,
                            Examples.of(set),
                            new Normalizer(preprocessing(shape.channels())),
                            recipe(optimiser),
                            1);

            // When
            float[] losses = new float[STEPS];
            for (int step = 0; step < STEPS; step++) {
                losses[step] = (float) loop.step();
            }

            // Then
            assertThat(losses)
                    .containsExactly(vectors.get(optimiser + "-losses").values(), within(1e-4f));
            Map<String, FloatTensor> trained = network.weights();
            boolean driftingBiases =
                    optimiser.equals("adamw")
                            && (name.equals("convnet-batch") || name.equals("convnet-instance"));
            expected.forEach(
                    (parameter, tensor) -> {
                        // The bias before such a norm has no gradient but rounding errors, and
                        // AdamW makes whole steps of these, which the running mean follows.
                        if (!driftingBiases
                                || !parameter.matches("features\\.([04]\\.bias|.*mean)")) {
                            assertThat(trained.get(parameter).values())
                                    .as(parameter)
                                    .containsExactly(tensor.values(), within(1e-4f));
                        }
                    });
            assertThat(flat(network.logits(normalized(set, shape), set.pixels().size())))
                    .containsExactly(
                            vectors.get(optimiser + "-logits").values(),
                            within(driftingBiases ? 2e-3f : 1e-4f));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    convnet(depth=2,width=4,norm=batch   | 2
                    convnet(depth=2,width=4,norm=group-2 | 0
                    resnet(depth=18,stem=small,width=2   | 20
                    """)
    void aCheckpointAnswersAsItsNetworkDidInTraining(String network, int norms) throws IOException {
        // Given: a network that has seen two batches
        Architecture architecture = Architecture.parse(network + INPUT);
        StateDictShape shape = architecture.requireTrainable();
        Map<String, FloatTensor> vectors = PytorchAgreementTest.read("training/convnet-batch");
        TrainingSet set = PytorchAgreementTest.set(vectors.get("images"), vectors.get("targets"));
        Path file = folder.resolve("checkpoint.safetensors");
        String sha256;
        float[][] logits;
        try (TrainableNetwork trained =
                TrainableNetwork.of(shape, Initialisation.weights(shape, 3), ComputeDevice.CPU)) {
            TrainingLoop loop =
                    new TrainingLoop(
                            trained,
                            Examples.of(set),
                            new Normalizer(preprocessing(3)),
                            recipe("sgd"),
                            1);
            loop.step();
            trained.logits(normalized(set, shape), set.pixels().size());
            loop.step();
            logits = trained.logits(normalized(set, shape), set.pixels().size());
            sha256 = WeightsFile.write(file, trained.weights());
        }

        // When
        try (ExpertModel expert =
                ExpertModel.load(
                        file,
                        sha256,
                        new ExpertModel.Description(
                                WeightsFormat.SAFETENSORS,
                                architecture,
                                preprocessing(3),
                                Precision.FP32),
                        ComputeDevice.CPU)) {
            // Then: to the last bit, and PyTorch finds the counts of its batch norms
            assertThat(expert.logits(raw(set))).isDeepEqualTo(logits);
        }
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).split("num_batches_tracked"))
                .hasSize(norms + 1);
    }

    @Test
    void aBatchThatLeavesANormOneValueIsRefusedAndNotRemembered() {
        // Given: five halvings leave 10 x 10 pixels one
        StateDictShape shape =
                Architecture.parse("resnet(depth=18,stem=imagenet,width=2" + INPUT)
                        .requireTrainable();
        try (TrainableNetwork network =
                TrainableNetwork.of(shape, Initialisation.weights(shape, 3), ComputeDevice.CPU)) {
            assertThatThrownBy(
                            () ->
                                    network.train(
                                            new float[shape.inputFloats()],
                                            1,
                                            (image, logits, gradient) -> {}))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("batch size");
            assertThat(network.weights().get("layer4.1.bn2.running_var").values()).containsOnly(1f);
        }
    }

    private static Recipe recipe(String optimiser) {
        Map<String, String> parameters = new HashMap<>(Map.of("augmentation", "none"));
        parameters.put("steps", Integer.toString(STEPS));
        if (optimiser.equals("sgd")) {
            parameters.put("schedule", "constant");
        } else {
            // So large that leaving it out would show in four steps.
            parameters.put("weightDecay", "1");
        }
        return Recipe.of(optimiser, parameters);
    }

    private static Preprocessing preprocessing(int channels) {
        return new Preprocessing(
                List.of(0.2861f, 0.4f, 0.6f).subList(0, channels),
                List.of(0.3530f, 0.25f, 0.3f).subList(0, channels));
    }

    private static List<byte[]> raw(TrainingSet set) {
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            byte[] image = new byte[set.pixels().imageBytes()];
            set.pixels().read(i, 0, image);
            images.add(image);
        }
        return images;
    }

    private static float[] normalized(TrainingSet set, StateDictShape shape) {
        Normalizer normalizer = new Normalizer(preprocessing(shape.channels()));
        float[] batch = new float[set.pixels().size() * shape.inputFloats()];
        normalizer.normalize(set.pixels().size(), raw(set)::get, batch);
        return batch;
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return flat;
    }
}
