package io.labelworth.standalone.results;

import io.labelworth.analytics.rules.Family;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of analytics at one moment.
 *
 * @param summaries a summary per configuration, by budget, hard before soft, early before late
 *     experts
 * @param frontiers a frontier per regime and cost axis
 * @param worths what a label is worth, by budget
 * @param checkpoints expert checkpoints by their id
 */
public record Results(
        List<AccuracySummary> summaries,
        List<ParetoFrontier> frontiers,
        List<LabelWorth> worths,
        Map<String, ExpertCheckpoint> checkpoints) {

    /** Regime of students trained on the images' own classes. */
    public static final String HARD = "hard";

    private static final String FIXED_SOFT = "fixed-soft";

    private static final String CLIENT = "labelworth-results";

    /** Reads the committed state of the output topics. */
    public static Results read(EventConsumers consumers) {
        Map<String, ExpertCheckpoint> checkpoints =
                TopicReader.latest(consumers, Topics.EXPERT_CHECKPOINTS, CLIENT);
        Comparator<AccuracySummary> order =
                Comparator.comparing(AccuracySummary::getDataset)
                        .thenComparing(AccuracySummary::getImagesPerClass)
                        .thenComparing(s -> !HARD.equals(s.getRegime()))
                        .thenComparing(s -> step(checkpoints, s.getCheckpointId()))
                        .thenComparing(AccuracySummary::getConfigurationId);
        return new Results(
                values(consumers, Topics.ACCURACY_SUMMARY).stream().sorted(order).toList(),
                List.copyOf(values(consumers, Topics.PARETO_FRONTIER)),
                values(consumers, Topics.LABEL_WORTH).stream()
                        .sorted(Comparator.comparing(LabelWorth::getImagesPerClass))
                        .toList(),
                checkpoints);
    }

    /** What is about some configurations only. */
    public Results only(Set<String> configurationIds) {
        return new Results(
                summaries.stream()
                        .filter(s -> configurationIds.contains(s.getConfigurationId()))
                        .toList(),
                frontiers.stream().filter(frontier -> touches(frontier, configurationIds)).toList(),
                worths.stream()
                        .filter(w -> configurationIds.contains(w.getConfigurationId()))
                        .toList(),
                checkpoints);
    }

    /** These results apart by family: only within one may configurations be compared. */
    public List<Results> byFamily() {
        Map<Family, Set<String>> families = new LinkedHashMap<>();
        summaries.forEach(
                s ->
                        families.computeIfAbsent(Family.of(s), family -> new HashSet<>())
                                .add(s.getConfigurationId()));
        return families.values().stream().map(this::only).toList();
    }

    /** The summary of a configuration. */
    public Optional<AccuracySummary> summary(String configurationId) {
        return summaries.stream()
                .filter(s -> s.getConfigurationId().equals(configurationId))
                .findFirst();
    }

    /** Budgets that have a summary, ascending. */
    public List<Integer> budgets() {
        return summaries.stream()
                .map(AccuracySummary::getImagesPerClass)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Summary of untreated hard labels at a budget; the best by validation if there are several.
     */
    public Optional<AccuracySummary> hard(int imagesPerClass) {
        return best(imagesPerClass, HARD);
    }

    /** Summary of the best soft labels at a budget, by validation; untreated and of one expert. */
    public Optional<AccuracySummary> bestSoft(int imagesPerClass) {
        return best(imagesPerClass, FIXED_SOFT);
    }

    /** What a label is worth at a budget, for the configuration that is best there. */
    public Optional<LabelWorth> worth(AccuracySummary soft) {
        return worths.stream()
                .filter(w -> w.getConfigurationId().equals(soft.getConfigurationId()))
                .findFirst();
    }

    private Optional<AccuracySummary> best(int imagesPerClass, String regime) {
        return summaries.stream()
                .filter(s -> s.getImagesPerClass() == imagesPerClass)
                .filter(s -> s.getTreatments().isEmpty())
                .filter(s -> s.getRegime().equals(regime))
                .max(Comparator.comparing((AccuracySummary s) -> s.getValidation().getMean()));
    }

    private static boolean touches(ParetoFrontier frontier, Set<String> configurationIds) {
        return frontier.getPoints().stream()
                .anyMatch(point -> configurationIds.contains(point.getConfigurationId()));
    }

    private static long step(Map<String, ExpertCheckpoint> checkpoints, String checkpointId) {
        ExpertCheckpoint checkpoint = checkpointId == null ? null : checkpoints.get(checkpointId);
        return checkpoint == null ? -1 : checkpoint.getStep();
    }

    private static <V extends org.apache.avro.specific.SpecificRecord> Collection<V> values(
            EventConsumers consumers, io.labelworth.schemas.Topic<V> topic) {
        return TopicReader.latest(consumers, topic, CLIENT).values();
    }
}
