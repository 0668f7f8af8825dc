package io.labelworth.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpertTrainingTest {

    private static final Architecture ARCHITECTURE = Architecture.convnet(2, 8);

    @TempDir private Path root;

    @Test
    void anExpertLeavesCheckpointsThatLabelAsWellAsTheirRecordSays() throws IOException {
        // Given
        Dataset dataset = TinyDataset.create(root.resolve("data"), 40, 10);
        Path directory = root.resolve("checkpoints");
        Recorder recorder = new Recorder();
        ExpertTraining training =
                new ExpertTraining(
                        dataset,
                        ARCHITECTURE,
                        Recipe.expert(0.05, 0, 0, 16, Recipe.DSA),
                        ComputeDevice.CPU);

        // When
        List<CheckpointFile> checkpoints = training.run(3, 5, directory, recorder, () -> false);

        // Then: 144 training images make 9 steps per epoch
        assertThat(checkpoints)
                .extracting(CheckpointFile::step)
                .containsExactly(1, 2, 5, 9, 18, 27);
        assertThat(recorder.checkpoints).isEqualTo(checkpoints);
        assertThat(recorder.steps).isEqualTo(27);
        CheckpointFile last = checkpoints.get(5);
        assertThat(last.epoch()).isEqualTo(3);
        assertThat(last.imagesSeen()).isEqualTo(432);
        assertThat(last.testAccuracy()).isGreaterThan(0.9);
        assertThat(last.sha256()).isEqualTo(Sha256.of(last.path()));
        assertThat(validationAccuracy(last, ARCHITECTURE, dataset))
                .isEqualTo(last.validationAccuracy());
        assertThat(checkpoints.get(0).labelEntropy())
                .isCloseTo(Math.log(TinyDataset.CLASSES), within(0.3))
                .isGreaterThan(last.labelEntropy());
    }

    @Test
    void aCardSaysWhatACheckpointIs() throws IOException {
        // Given
        Dataset dataset = TinyDataset.create(root.resolve("data"), 20, 10);
        Path directory = root.resolve("checkpoints");

        // When
        List<CheckpointFile> checkpoints =
                new ExpertTraining(dataset, ARCHITECTURE, Recipe.EXPERT, ComputeDevice.CPU)
                        .run(1, 5, directory, new Recorder(), () -> false);

        // Then
        JsonNode card = new JsonMapper().readTree(directory.resolve("step-00000001.json").toFile());
        assertThat(card.path("sha256").asText()).isEqualTo(checkpoints.get(0).sha256());
        assertThat(card.path("step").asInt()).isEqualTo(1);
        assertThat(card.path("architecture").path("parameters").path("width").asText())
                .isEqualTo("8");
        assertThat(card.path("labelEntropy").isNumber()).isTrue();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void anExpertWithBatchNormLabelsAsWellAsItsRecordSays() {
        // Given
        Dataset dataset = TinyDataset.create(root.resolve("data"), 40, 10);
        Architecture architecture = Architecture.parse("convnet(depth=2,width=8,norm=batch)");
        Recipe recipe = Recipe.of("adamw", Map.of("steps", "1", "batchSize", "16"));

        // When
        List<CheckpointFile> checkpoints =
                new ExpertTraining(dataset, architecture, recipe, ComputeDevice.CPU)
                        .run(1, 5, root.resolve("checkpoints"), new Recorder(), () -> false);

        // Then
        assertThat(checkpoints)
                .allSatisfy(
                        checkpoint ->
                                assertThat(validationAccuracy(checkpoint, architecture, dataset))
                                        .isEqualTo(checkpoint.validationAccuracy()));
    }

    @Test
    void anExpertThatSeesWhitenedImagesLabelsAsItsTrainerDid() throws IOException {
        // Given
        Dataset dataset = TinyDataset.create(root.resolve("data"), 40, 10);
        Recipe recipe = Recipe.of("sgd", Map.of("steps", "1", "batchSize", "16", "zca", "0.1"));

        // When
        CheckpointFile last =
                new ExpertTraining(dataset, ARCHITECTURE, recipe, ComputeDevice.CPU)
                        .run(1, 5, root.resolve("checkpoints"), new Recorder(), () -> false)
                        .get(3);

        // Then: the entropy is of the logits themselves
        assertThat(last.preprocessing().name()).isEqualTo("zca");
        assertThat(last.preprocessing().parameters()).containsEntry("eps", "0.1");
        double entropy = 0;
        float[][] logits = logits(last, ARCHITECTURE, dataset);
        for (float[] row : logits) {
            entropy += SoftLabels.entropy(SoftLabels.softmax(row, 1));
        }
        assertThat(entropy / logits.length).isEqualTo(last.labelEntropy());
        assertThat(validationAccuracy(last, ARCHITECTURE, dataset))
                .isEqualTo(last.validationAccuracy());
        JsonNode card = new JsonMapper().readTree(CheckpointCard.path(last.path()).toFile());
        assertThat(card.path("preprocessing").path("name").asText()).isEqualTo("zca");

        // Then: without its whitening, it is not used
        Files.delete(last.path().resolveSibling(last.preprocessing().zca().get().fileName()));
        assertThatThrownBy(() -> logits(last, ARCHITECTURE, dataset))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(".whitening is not there");
    }

    private static double validationAccuracy(
            CheckpointFile checkpoint, Architecture architecture, Dataset dataset) {
        float[][] logits = logits(checkpoint, architecture, dataset);
        int right = 0;
        for (int i = 0; i < logits.length; i++) {
            right += SoftLabels.argMax(logits[i]) == dataset.validation().imageClass(i) ? 1 : 0;
        }
        return (double) right / logits.length;
    }

    private static float[][] logits(
            CheckpointFile checkpoint, Architecture architecture, Dataset dataset) {
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < dataset.validation().size(); i++) {
            byte[] image = new byte[dataset.info().imageBytes()];
            dataset.validation().pixels(i, image, 0);
            pixels.add(image);
        }
        try (ExpertModel model =
                ExpertModel.load(
                        checkpoint.path(),
                        checkpoint.sha256(),
                        new ExpertModel.Description(
                                WeightsFormat.SAFETENSORS,
                                architecture.forDataset(dataset.info()),
                                checkpoint.preprocessing(),
                                Precision.FP32),
                        ComputeDevice.CPU)) {
            return model.logits(pixels);
        }
    }

    private static final class Recorder implements ExpertListener {
        private final List<CheckpointFile> checkpoints = new ArrayList<>();
        private int steps;

        @Override
        public void onStep(int step, int total, double loss) {
            steps = step;
        }

        @Override
        public void onCheckpoint(CheckpointFile checkpoint) {
            checkpoints.add(checkpoint);
        }
    }
}
