package io.labelworth.labeler.announce;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.TreeMap;

/** An announcement for those who read JSON. */
final class AnnouncedJson {

    private static final JsonMapper JSON = new JsonMapper();

    private AnnouncedJson() {}

    static String of(Announced announced) {
        ExpertCheckpoint event = announced.event();
        ObjectNode json = JSON.createObjectNode();
        json.put("checkpointId", event.getCheckpointId());
        json.put("labellingId", event.getLabellingId());
        json.put("dataset", event.getDataset());
        json.put("datasetVersion", event.getDatasetVersion());
        json.put("run", event.getRun());
        json.put("step", event.getStep());
        json.put("imagesSeen", event.getImagesSeen());
        json.put("epoch", event.getEpoch());
        json.put("uri", event.getUri());
        json.put("sha256", event.getSha256());
        json.put("format", event.getFormat());
        json.set("architecture", choice(event.getArchitecture()));
        json.set("preprocessing", choice(event.getPreprocessing()));
        json.put("precision", event.getPrecision());
        json.set("codec", choice(event.getCodec()));
        json.put("bytesPerLabel", announced.bytesPerLabel());
        announced.trial().ifPresent(trial -> json.set("trial", trial(trial)));
        return json.toString();
    }

    private static ObjectNode trial(ExpertTrial trial) {
        ObjectNode json = JSON.createObjectNode();
        json.put("images", trial.images());
        json.put("accuracy", trial.accuracy());
        json.put("labelEntropy", trial.entropy());
        json.putObject("codecError")
                .put("largestProbabilityError", trial.codecError().largestProbabilityError())
                .put("meanDivergence", trial.codecError().meanDivergence());
        trial.precisionLoss()
                .ifPresent(
                        loss ->
                                json.putObject("precisionLoss")
                                        .put("largestLogitDifference", loss.maxLogitDifference())
                                        .put("meanDivergence", loss.meanDivergence())
                                        .put("agreement", loss.agreement()));
        return json;
    }

    private static ObjectNode choice(Choice choice) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", choice.getName());
        ObjectNode parameters = json.putObject("parameters");
        new TreeMap<>(choice.getParameters()).forEach(parameters::put);
        return json;
    }
}
