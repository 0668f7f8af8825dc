package io.labelworth.learning.agreement;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.training.CheckpointFile;
import io.labelworth.learning.training.ExpertListener;
import io.labelworth.learning.training.ExpertTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The paper's expert, trained once and kept; its first and its last whole epoch are candidates. */
final class StudyExpert {

    private static final long SEED = 1;
    private static final int SAY_EVERY = 50;

    private final StudySettings settings;
    private final Dataset dataset;
    private final Architecture architecture;
    private final Path directory;
    private final ExpertTraining training;

    StudyExpert(StudySettings settings, Dataset dataset) {
        this.settings = settings;
        this.dataset = dataset;
        architecture = Architecture.convnet(StudySettings.DEPTH, settings.width());
        directory =
                settings.directory()
                        .resolve(
                                String.format(
                                        Locale.ROOT,
                                        "expert-width%d-epochs%d",
                                        settings.width(),
                                        settings.expertEpochs()));
        training = new ExpertTraining(dataset, architecture, Recipe.EXPERT);
    }

    /** Trains it, unless its last checkpoint is there. */
    void train(Consumer<String> progress) {
        int last = training.steps(settings.expertEpochs());
        if (Files.exists(checkpoint(last))) {
            return;
        }
        training.run(
                settings.expertEpochs(),
                SEED,
                directory,
                new ExpertListener() {
                    @Override
                    public void onStep(int step, int steps, double loss) {
                        if (step % SAY_EVERY == 0) {
                            progress.accept(
                                    String.format(
                                            Locale.ROOT,
                                            "expert: step %d of %d, loss %.3f",
                                            step,
                                            steps,
                                            loss));
                        }
                    }

                    @Override
                    public void onCheckpoint(CheckpointFile checkpoint) {
                        progress.accept(
                                String.format(
                                        Locale.ROOT,
                                        "expert: epoch %.3f, validation %.4f, test %.4f, label"
                                                + " entropy %.3f",
                                        checkpoint.epoch(),
                                        checkpoint.validationAccuracy(),
                                        checkpoint.testAccuracy(),
                                        checkpoint.labelEntropy()));
                    }
                },
                () -> false);
    }

    /** Steps of the checkpoints that may label. */
    List<Integer> candidates() {
        return List.of(training.steps(1), training.steps(settings.expertEpochs())).stream()
                .distinct()
                .toList();
    }

    /** Hash of a checkpoint's weights, lower-case hexadecimal. */
    String sha256(int step) {
        try {
            return Sha256.of(checkpoint(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logits of images given by their raw pixels. */
    float[][] logits(int step, List<byte[]> pixels) {
        ExpertModel.Description description =
                new ExpertModel.Description(
                        WeightsFormat.SAFETENSORS,
                        architecture.forDataset(dataset.info()),
                        Preprocessing.of(dataset.info()),
                        Precision.FP32);
        try (ExpertModel model =
                ExpertModel.load(checkpoint(step), sha256(step), description, ComputeDevice.CPU)) {
            return model.logits(pixels);
        }
    }

    private Path checkpoint(int step) {
        return directory.resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
    }
}
