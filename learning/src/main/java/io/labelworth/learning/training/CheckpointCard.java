package io.labelworth.learning.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.Torch;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.run.Recipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The JSON file beside a checkpoint, which says what it is without this software. */
final class CheckpointCard {

    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CheckpointCard() {}

    /** The card of the weights at {@code weights}. */
    static Path path(Path weights) {
        String name = weights.getFileName().toString();
        return weights.resolveSibling(name.replaceFirst("\\.safetensors$", "") + ".json");
    }

    static void write(
            CheckpointFile checkpoint,
            DatasetInfo dataset,
            Architecture architecture,
            Recipe recipe,
            long seed,
            ComputeDevice device) {
        Preprocessing preprocessing = checkpoint.preprocessing();
        Map<String, Object> card = new TreeMap<>();
        card.put("v", VERSION);
        card.put("format", "safetensors");
        card.put("sha256", checkpoint.sha256());
        card.put("dataset", dataset.name());
        card.put("datasetVersion", dataset.version());
        card.put("architecture", choice(architecture.name(), architecture.parameters()));
        card.put("preprocessing", choice(preprocessing.name(), preprocessing.parameters()));
        card.put("schedule", choice(recipe.name(), recipe.everyParameter()));
        card.put("seed", seed);
        card.put("step", checkpoint.step());
        card.put("imagesSeen", checkpoint.imagesSeen());
        card.put("epoch", checkpoint.epoch());
        card.put("validationAccuracy", checkpoint.validationAccuracy());
        card.put("testAccuracy", checkpoint.testAccuracy());
        card.put("labelEntropy", checkpoint.labelEntropy());
        card.put("device", Torch.deviceFingerprint(device));
        try {
            String json = JSON.writeValueAsString(card) + "\n";
            WeightsFile.writeAtomically(
                    path(checkpoint.path()), json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers are JSON", e);
        }
    }

    private static Map<String, Object> choice(String name, Map<String, String> parameters) {
        return new TreeMap<>(Map.of("name", name, "parameters", new TreeMap<>(parameters)));
    }
}
