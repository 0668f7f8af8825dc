package io.labelworth.standalone.takehome;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.Interval;
import io.labelworth.trainer.assembly.AssembledSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an exported set is, for a person ({@code README.md}) and for a program ({@code card.json}).
 *
 * @param finished the run that the set is of
 * @param set the set
 * @param dataset where its images come from
 * @param experts who labelled it; none for hard labels
 * @param format how it is written
 */
record Card(
        FinishedRun finished,
        AssembledSet set,
        DatasetInfo dataset,
        List<ExpertCheckpoint> experts,
        SetFormat format) {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String ASK_PUBLISHER =
            "the dataset's own; see its publisher before passing the images on";
    private static final Map<String, String> LICENCES = Map.of("fashion-mnist", "MIT");

    /** Writes both files. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("card.json"), JSON.writeValueAsString(json()) + "\n");
        Files.writeString(folder.resolve("README.md"), readme());
    }

    /** One line about an exported set. */
    static String line(FinishedRun finished, AssembledSet set, Path folder) {
        return String.format(
                Locale.ROOT,
                "%d images of run %s (test accuracy %.1f%%, label digest %s) in %s",
                set.set().size(),
                finished.spec().runId().substring(0, 12),
                100 * finished.result().getTestAccuracy(),
                set.manifest().getLabelDigest().substring(0, 12),
                folder);
    }

    private ObjectNode json() throws IOException {
        DistilledSet manifest = set.manifest();
        Accuracy result = finished.result();
        ObjectNode card = JSON.createObjectNode();
        card.put("format", format.toString());
        card.set("dataset", datasetJson());
        card.put("imagesPerClass", manifest.getImagesPerClass());
        card.put("images", set.set().size());
        card.put("views", set.set().views());
        card.put("imageBytes", manifest.getImageBytes());
        card.put("labelBytes", manifest.getLabelBytes());
        card.put("meanLabelEntropyNats", manifest.getMeanEntropy());
        card.put("labelDigest", manifest.getLabelDigest());
        card.put("setId", manifest.getSetId());
        card.put("runId", finished.spec().runId());
        card.put("configurationId", finished.spec().configurationId());
        card.set("spec", JSON.readTree(finished.spec().canonicalJson()));
        ArrayNode labelled = card.putArray("experts");
        experts.forEach(expert -> labelled.add(expertJson(expert)));
        ObjectNode accuracy = card.putObject("accuracy");
        accuracy.put("test", result.getTestAccuracy());
        accuracy.put("validation", result.getValidationAccuracy());
        accuracy.put("deviceFingerprint", result.getDeviceFingerprint());
        accuracy.set("configurationTest", intervalJson(finished.summary().getTest()));
        accuracy.set("configurationValidation", intervalJson(finished.summary().getValidation()));
        accuracy.put("seedsVary", finished.summary().getSeedsVary());
        ArrayNode ids = card.putArray("imageIds");
        manifest.getImageIds().forEach(ids::add);
        return card;
    }

    private ObjectNode datasetJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", dataset.name());
        json.put("version", dataset.version());
        json.put("source", set.manifest().getSource());
        json.put("classes", dataset.classes());
        json.put("licence", LICENCES.getOrDefault(dataset.name(), ASK_PUBLISHER));
        ArrayNode mean = json.putArray("mean");
        dataset.mean().forEach(mean::add);
        ArrayNode std = json.putArray("std");
        dataset.std().forEach(std::add);
        return json;
    }

    private static ObjectNode expertJson(ExpertCheckpoint expert) {
        ObjectNode json = JSON.createObjectNode();
        json.put("checkpointId", expert.getCheckpointId());
        json.put("labellingId", expert.getLabellingId());
        json.put("sha256", expert.getSha256());
        json.put("step", expert.getStep());
        json.put("epoch", expert.getEpoch());
        json.put("validationAccuracy", expert.getValidationAccuracy());
        return json;
    }

    private static ObjectNode intervalJson(Interval interval) {
        ObjectNode json = JSON.createObjectNode();
        json.put("mean", interval.getMean());
        json.put("halfWidth95", interval.getHalfWidth95());
        json.put("runs", interval.getN());
        return json;
    }

    private String readme() {
        DistilledSet manifest = set.manifest();
        return String.join(
                "\n",
                "# " + dataset.name() + ", " + manifest.getImagesPerClass() + " images per class",
                "",
                String.format(
                        Locale.ROOT,
                        "%d %s images (%d x %d, %d channel%s), %s labels%s.",
                        set.set().size(),
                        manifest.getSource(),
                        dataset.height(),
                        dataset.width(),
                        dataset.channels(),
                        dataset.channels() == 1 ? "" : "s",
                        manifest.getRegime(),
                        experts.isEmpty() ? "" : " of " + expertNames()),
                "",
                String.format(
                        Locale.ROOT,
                        "A student trained on it as below reached **%.2f%%** on the test set (%s over %d"
                                + " runs of its configuration; seeds vary: %s).",
                        100 * finished.result().getTestAccuracy(),
                        interval(finished.summary().getTest()),
                        finished.summary().getTest().getN(),
                        finished.summary().getSeedsVary()),
                "",
                "* Run `"
                        + finished.spec().runId()
                        + "`, label digest `"
                        + manifest.getLabelDigest()
                        + "`",
                "* Images "
                        + manifest.getImageBytes()
                        + " bytes raw, labels "
                        + manifest.getLabelBytes()
                        + " bytes as the log stores them",
                "* Licence of the images: " + LICENCES.getOrDefault(dataset.name(), ASK_PUBLISHER),
                "",
                "## How to train on it",
                "",
                String.format(
                        "Scale pixels to [0, 1], subtract mean %s, divide by std %s. Cross-entropy"
                                + " against `labels` as they are (not normalised again), student %s %s, %s.",
                        dataset.mean(),
                        dataset.std(),
                        finished.spec().student().name(),
                        finished.spec().student().parameters(),
                        finished.spec().recipe().parameters()),
                "",
                "Everything else is in `card.json`.",
                "");
    }

    private String expertNames() {
        return String.join(" + ", experts.stream().map(ExpertCheckpoint::getCheckpointId).toList());
    }

    private static String interval(Interval interval) {
        return interval.getHalfWidth95() == null
                ? String.format(Locale.ROOT, "%.2f%%", 100 * interval.getMean())
                : String.format(
                        Locale.ROOT,
                        "%.2f +- %.2f%%, 95%% interval",
                        100 * interval.getMean(),
                        100 * interval.getHalfWidth95());
    }
}
