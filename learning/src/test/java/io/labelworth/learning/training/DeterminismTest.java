package io.labelworth.learning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.testing.TinyDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seeds give the same bits of every weight, whatever else the process does. */
class DeterminismTest {

    private static final String CONVNET = "convnet(depth=2,width=16)";
    private static final int STEPS = 12;

    @TempDir private Path root;
    private Dataset dataset;

    @BeforeEach
    void makeDataset() {
        dataset = TinyDataset.create(root, 20, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONVNET,
                "convnet(depth=2,width=16,norm=batch)",
                "convnet(depth=2,width=16,norm=group-4)",
                "resnet(depth=18,stem=small,width=4)"
            })
    void theSameSeedsGiveTheSameBits(String architecture) {
        // Given
        Map<String, float[]> first = train(7, architecture);

        // When
        Map<String, float[]> second = train(7, architecture);

        // Then
        assertSameBits(second, first);
    }

    @Test
    void otherSeedsGiveOtherWeights() {
        // Given
        Map<String, float[]> first = train(7, CONVNET);

        // When
        Map<String, float[]> second = train(8, CONVNET);

        // Then
        assertThat(second.get("classifier.weight")).isNotEqualTo(first.get("classifier.weight"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CONVNET, "resnet(depth=18,stem=small,width=4)"})
    void trainingsSideBySideGiveTheBitsTheyGiveAlone(String architecture) throws Exception {
        // Given
        Map<String, float[]> alone7 = train(7, architecture);
        Map<String, float[]> alone8 = train(8, architecture);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            // When
            Future<Map<String, float[]>> beside7 = threads.submit(() -> train(7, architecture));
            Future<Map<String, float[]>> beside8 = threads.submit(() -> train(8, architecture));

            // Then
            assertSameBits(beside7.get(), alone7);
            assertSameBits(beside8.get(), alone8);
        } finally {
            threads.shutdown();
        }
    }

    private Map<String, float[]> train(long seed, String architecture) {
        StateDictShape shape =
                Architecture.parse(architecture).forDataset(dataset.info()).requireTrainable();
        try (TrainableNetwork network =
                TrainableNetwork.of(
                        shape, Initialisation.weights(shape, seed), ComputeDevice.CPU)) {
            TrainingLoop loop =
                    new TrainingLoop(
                            network,
                            Examples.of(softSet()),
                            new Normalizer(Preprocessing.of(dataset.info())),
                            new Recipe(0.01, 0.9, 5e-4, 50, STEPS, 0.3, 0.25, Recipe.DSA),
                            seed);
            while (loop.steps() < STEPS) {
                loop.step();
            }
            Map<String, float[]> weights = new LinkedHashMap<>();
            for (Map.Entry<String, FloatTensor> entry : network.weights().entrySet()) {
                weights.put(entry.getKey(), entry.getValue().values());
            }
            return weights;
        }
    }

    private TrainingSet softSet() {
        List<byte[]> pixels = new ArrayList<>();
        float[][] targets = new float[dataset.train().size()][];
        for (int i = 0; i < targets.length; i++) {
            byte[] image = new byte[dataset.info().imageBytes()];
            dataset.train().pixels(i, image, 0);
            pixels.add(image);
            float[] logits = new float[TinyDataset.CLASSES];
            logits[dataset.train().imageClass(i)] = 1.5f;
            targets[i] = SoftLabels.softmax(logits, 1);
        }
        return new TrainingSet(pixels, targets);
    }

    private static void assertSameBits(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }
}
