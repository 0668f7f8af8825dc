package io.labelworth.learning.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.run.Optimiser;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.run.RunSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Students of the same recipe in plain PyTorch; see benchmarks/peers/convnet_train.py. */
final class PytorchStudents {

    private static final Path SCRIPT = Path.of("..", "benchmarks", "peers", "convnet_train.py");
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    /** Fails without it; quicker than an import. */
    private static final String WITH_TORCH =
            "import importlib.util, numpy; assert importlib.util.find_spec('torch')";

    private final String python;
    private final Path directory;
    private final DatasetInfo dataset;
    private final Path test;

    /**
     * @param directory for files between the two sides
     * @param testImages images that students are tested on
     */
    PytorchStudents(Path directory, DatasetInfo dataset, Split testImages) {
        this.directory = directory;
        this.dataset = dataset;
        this.test = directory.resolve("test.safetensors");
        python =
                INTERPRETERS.stream()
                        .filter(PytorchStudents::hasTorch)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no python3 with torch; install it (Debian:"
                                                        + " apt-get install python3-torch)"));
        writeTest(testImages);
    }

    /** Whether there is a Python with PyTorch. */
    static boolean possible() {
        return INTERPRETERS.stream().anyMatch(PytorchStudents::hasTorch);
    }

    /** Trains one student and tests it. */
    Outcome train(String name, RunSpec spec, StudySet set)
            throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".safetensors");
        write(file, set);
        Recipe recipe = spec.recipe();
        Optimiser.Sgd sgd = (Optimiser.Sgd) recipe.optimiser();
        Process process =
                new ProcessBuilder(
                                python,
                                SCRIPT.toString(),
                                "train",
                                "--set=" + file,
                                "--test=" + test,
                                "--mean=" + joined(dataset.mean()),
                                "--std=" + joined(dataset.std()),
                                "--depth=" + spec.student().parameters().get("depth"),
                                "--width=" + spec.student().parameters().get("width"),
                                "--batch=" + recipe.batchSize(),
                                "--steps=" + recipe.steps(),
                                "--learning-rate=" + recipe.learningRate(),
                                "--momentum=" + sgd.momentum(),
                                "--weight-decay=" + sgd.weightDecay(),
                                "--augmentation=" + recipe.augmentation(),
                                "--seeds=" + spec.trainingSeed())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("PyTorch's side failed; its message is above");
        }
        Files.delete(file);
        JsonNode result = new JsonMapper().readTree(said);
        return new Outcome(
                result.get("testAccuracy").asDouble(),
                0,
                result.get("loss").asDouble(),
                result.get("seconds").asDouble());
    }

    private void writeTest(Split split) {
        int bytes = dataset.imageBytes();
        float[] images = new float[split.size() * bytes];
        float[] classes = new float[split.size()];
        byte[] raw = new byte[bytes];
        for (int i = 0; i < classes.length; i++) {
            split.pixels(i, raw, 0);
            for (int p = 0; p < bytes; p++) {
                images[i * bytes + p] = raw[p] & 0xFF;
            }
            classes[i] = split.imageClass(i);
        }
        WeightsFile.write(
                test,
                Map.of(
                        "images",
                        images(images),
                        "classes",
                        new FloatTensor(List.of(classes.length), classes)));
    }

    private void write(Path file, StudySet set) {
        int bytes = dataset.imageBytes();
        int classes = dataset.classes();
        float[] images = new float[set.targets().length * bytes];
        float[] targets = new float[set.targets().length * classes];
        for (int i = 0; i < set.targets().length; i++) {
            for (int p = 0; p < bytes; p++) {
                images[i * bytes + p] = set.pixels().get(i)[p] & 0xFF;
            }
            System.arraycopy(set.targets()[i], 0, targets, i * classes, classes);
        }
        WeightsFile.write(
                file,
                Map.of(
                        "images",
                        images(images),
                        "targets",
                        new FloatTensor(List.of(set.targets().length, classes), targets)));
    }

    private FloatTensor images(float[] values) {
        return new FloatTensor(
                List.of(
                        values.length / dataset.imageBytes(),
                        dataset.channels(),
                        dataset.height(),
                        dataset.width()),
                values);
    }

    private static String joined(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static boolean hasTorch(String python) {
        try {
            return new ProcessBuilder(python, "-c", WITH_TORCH)
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
