package io.labelworth.analytics.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.schemas.event.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is, as its spec or its results say.
 *
 * @param checkpointId expert checkpoint behind the labels; null for hard labels, and while the
 *     checkpoint is not known
 */
record RunFacts(
        String configurationId,
        String dataset,
        int imagesPerClass,
        String regime,
        String checkpointId,
        List<Treatment> treatments,
        long subsetSeed,
        long trainingSeed) {

    static RunFacts of(Accuracy accuracy, Texts texts) {
        return new RunFacts(
                texts.one(accuracy.getConfigurationId()),
                texts.one(accuracy.getDataset()),
                accuracy.getImagesPerClass(),
                texts.one(accuracy.getRegime()),
                texts.one(accuracy.getCheckpointId()),
                accuracy.getTreatments().stream()
                        .map(t -> new Treatment(t.getName(), t.getParameters()))
                        .toList(),
                accuracy.getSubsetSeed(),
                accuracy.getTrainingSeed());
    }

    /** Reads a canonical spec, which leaves out what is at its default. */
    static RunFacts of(String configurationId, JsonNode spec, String checkpointId, Texts texts) {
        List<Treatment> treatments = new ArrayList<>();
        for (JsonNode treatment : spec.path("treatments")) {
            Map<String, String> parameters = new TreeMap<>();
            treatment
                    .path("parameters")
                    .properties()
                    .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
            treatments.add(new Treatment(treatment.path("name").asText(), parameters));
        }
        return new RunFacts(
                texts.one(configurationId),
                texts.one(spec.path("dataset").asText()),
                spec.path("imagesPerClass").asInt(),
                texts.one(spec.path("regime").asText()),
                texts.one(checkpointId),
                List.copyOf(treatments),
                spec.path("subsetSeed").asLong(),
                spec.path("trainingSeed").asLong());
    }
}
