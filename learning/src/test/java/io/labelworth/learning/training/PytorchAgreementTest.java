package io.labelworth.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.network.ConvNet;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.Safetensors;
import io.labelworth.learning.run.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch itself judges the network, the loss and the optimiser; see pytorch/generate.py. */
class PytorchAgreementTest {

    @ParameterizedTest
    @ValueSource(strings = {"grey", "colour"})
    void fiveStepsOfTrainingGiveTheWeightsThatPytorchGets(String name) throws IOException {
        // Given
        Map<String, FloatTensor> vectors = read(name + "-vectors");
        FloatTensor images = vectors.get("images");
        ConvNetShape shape = shape(name);
        Recipe recipe = new Recipe(0.05, 0.9, 5e-4, 256, 5, 0.3, 0.6, Recipe.NONE);

        try (ConvNet network = new ConvNet(shape, read(name + "-weights"), true)) {
            TrainingLoop loop =
                    new TrainingLoop(
                            network,
                            Examples.of(set(images, vectors.get("targets"))),
                            new Normalizer(preprocessing(name)),
                            recipe,
                            1);

            // When
            float[] losses = new float[recipe.steps()];
            for (int step = 0; step < losses.length; step++) {
                losses[step] = (float) loop.step();
            }

            // Then
            assertThat(losses).containsExactly(vectors.get("losses").values(), within(1e-4f));
            Map<String, FloatTensor> trained = read(name + "-trained");
            assertThat(network.weights().keySet()).isEqualTo(trained.keySet());
            network.weights()
                    .forEach(
                            (parameter, tensor) ->
                                    assertThat(tensor.values())
                                            .as(parameter)
                                            .containsExactly(
                                                    trained.get(parameter).values(),
                                                    within(1e-4f)));
        }
    }

    private static ConvNetShape shape(String name) {
        return name.equals("grey")
                ? new ConvNetShape(3, 8, 1, 28, 28, 10)
                : new ConvNetShape(2, 5, 3, 13, 13, 4);
    }

    private static Preprocessing preprocessing(String name) {
        return name.equals("grey")
                ? new Preprocessing(List.of(0.2861f), List.of(0.3530f))
                : new Preprocessing(List.of(0.2861f, 0.4f, 0.6f), List.of(0.3530f, 0.25f, 0.3f));
    }

    static TrainingSet set(FloatTensor images, FloatTensor targets) {
        int count = images.shape().get(0);
        int floats = images.values().length / count;
        int classes = targets.shape().get(1);
        List<byte[]> pixels = new ArrayList<>();
        float[][] rows = new float[count][classes];
        for (int i = 0; i < count; i++) {
            byte[] raw = new byte[floats];
            for (int p = 0; p < floats; p++) {
                raw[p] = (byte) images.values()[i * floats + p];
            }
            pixels.add(raw);
            System.arraycopy(targets.values(), i * classes, rows[i], 0, classes);
        }
        return new TrainingSet(pixels, rows);
    }

    static Map<String, FloatTensor> read(String file) throws IOException {
        try (InputStream in =
                PytorchAgreementTest.class.getResourceAsStream(
                        "/pytorch/" + file + ".safetensors")) {
            return Safetensors.decode(in.readAllBytes());
        }
    }
}
