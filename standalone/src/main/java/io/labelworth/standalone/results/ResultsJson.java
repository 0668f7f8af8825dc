package io.labelworth.standalone.results;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.Interval;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as JSON; accuracies are fractions of 1, entropies nats. */
public final class ResultsJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ResultsJson() {}

    /** {@code results[]}, {@code best[]}, {@code labelWorth[]} and {@code frontiers[]}. */
    public static ObjectNode of(Results results) {
        ObjectNode document = MAPPER.createObjectNode();
        ArrayNode summaries = document.putArray("results");
        results.summaries().forEach(summary -> summary(summaries.addObject(), summary));
        ArrayNode best = document.putArray("best");
        for (Results family : results.byFamily()) {
            String student = choice(family.summaries().get(0).getStudent());
            family.budgets()
                    .forEach(
                            budget ->
                                    best(
                                            best.addObject()
                                                    .put("ipc", budget)
                                                    .put("student", student),
                                            family,
                                            budget));
        }
        ArrayNode worths = document.putArray("labelWorth");
        results.worths().forEach(worth -> worth(worths.addObject(), worth));
        ArrayNode frontiers = document.putArray("frontiers");
        results.frontiers().forEach(frontier -> frontier(frontiers.addObject(), frontier));
        return document;
    }

    /** One checkpoint: id, step, epoch, accuracies and label entropy. */
    public static void checkpoint(ObjectNode node, ExpertCheckpoint checkpoint) {
        node.put("id", checkpoint.getCheckpointId())
                .put("labellingId", checkpoint.getLabellingId())
                .put("step", checkpoint.getStep())
                .put("epoch", checkpoint.getEpoch())
                .put("validationAccuracy", checkpoint.getValidationAccuracy())
                .put("testAccuracy", checkpoint.getTestAccuracy())
                .put("labelEntropy", checkpoint.getLabelEntropy());
    }

    private static void summary(ObjectNode node, AccuracySummary summary) {
        node.put("configurationId", summary.getConfigurationId())
                .put("dataset", summary.getDataset())
                .put("datasetVersion", summary.getDatasetVersion())
                .put("source", summary.getSource())
                .put("student", choice(summary.getStudent()))
                .put("ipc", summary.getImagesPerClass())
                .put("regime", summary.getRegime())
                .put("treatments", treatments(summary))
                .put("selection", selection(summary.getSelection()))
                .put("recipe", choice(summary.getRecipe()))
                .put("checkpoint", summary.getCheckpointId())
                .put("steps", summary.getSteps())
                .put("seeds", summary.getTest().getN())
                .put("seedsVary", summary.getSeedsVary())
                .put("validationMean", summary.getValidation().getMean())
                .put("validationStd", summary.getValidation().getStd())
                .put("validationHalfWidth95", summary.getValidation().getHalfWidth95())
                .put("testMean", summary.getTest().getMean())
                .put("testStd", summary.getTest().getStd())
                .put("testHalfWidth95", summary.getTest().getHalfWidth95())
                .put("labelEntropy", summary.getLabelEntropy())
                .put("bytes", summary.getBytes())
                .put("studentCompute", summary.getStudentCompute())
                .put("repeatable", summary.getRepeatable());
        ArrayNode byClass = node.putArray("testByClass");
        for (Interval of : summary.getTestByClass()) {
            byClass.addObject()
                    .put("mean", of.getN() == 0 ? null : of.getMean())
                    .put("halfWidth95", of.getHalfWidth95());
        }
    }

    private static String treatments(AccuracySummary summary) {
        return summary.getTreatments().stream()
                .map(ResultsJson::choice)
                .collect(Collectors.joining(" "));
    }

    private static String selection(Choice selection) {
        return selection == null ? null : choice(selection);
    }

    private static String choice(Choice choice) {
        return choice.getName() + new TreeMap<>(choice.getParameters());
    }

    private static void best(ObjectNode node, Results results, int budget) {
        results.hard(budget)
                .ifPresent(
                        hard ->
                                node.put("hardValidationMean", hard.getValidation().getMean())
                                        .put("hardTestMean", hard.getTest().getMean()));
        results.bestSoft(budget)
                .ifPresent(
                        soft ->
                                node.put("checkpoint", soft.getCheckpointId())
                                        .put("softValidationMean", soft.getValidation().getMean())
                                        .put("softTestMean", soft.getTest().getMean()));
    }

    private static void worth(ObjectNode node, LabelWorth worth) {
        node.put("ipc", worth.getImagesPerClass())
                .put("dataset", worth.getDataset())
                .put("student", choice(worth.getStudent()))
                .put("selection", selection(worth.getSelection()))
                .put("checkpoint", worth.getCheckpointId())
                .put("hardImagesPerClass", worth.getHardImagesPerClass())
                .put("worth", worth.getWorth())
                .put("worthLow", worth.getWorthLow())
                .put("worthHigh", worth.getWorthHigh())
                .put("message", worth.getMessage())
                .put("fittedWorth", worth.getFittedWorth())
                .put("fittedLow", worth.getFittedLow())
                .put("fittedHigh", worth.getFittedHigh())
                .put("fittedMessage", worth.getFittedMessage());
    }

    private static void frontier(ObjectNode node, ParetoFrontier frontier) {
        node.put("dataset", frontier.getDataset())
                .put("student", choice(frontier.getStudent()))
                .put("selection", selection(frontier.getSelection()))
                .put("regime", frontier.getRegime())
                .put("axis", frontier.getAxis());
        ArrayNode points = node.putArray("points");
        for (FrontierPoint point : frontier.getPoints()) {
            points.addObject()
                    .put("cost", point.getCost())
                    .put("ipc", point.getImagesPerClass())
                    .put("checkpoint", point.getCheckpointId())
                    .put("validationMean", point.getValidationMean())
                    .put("testMean", point.getTestMean());
        }
    }
}
