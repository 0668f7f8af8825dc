package io.labelworth.standalone.quickstart;

import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is on the topics, counted record by record at read_committed.
 *
 * @param imageRefs references of the dataset
 * @param softLabels labels of the expert's checkpoints
 * @param distinctSoftLabels distinct keys among them
 * @param runs runs of the experiment
 * @param failedRuns those that failed
 */
public record Counts(
        long imageRefs, long softLabels, long distinctSoftLabels, int runs, int failedRuns) {

    private static final String CLIENT = "labelworth-counts";

    /** Counts by reading both topics from the start. */
    public static Counts read(EventConsumers consumers, Quickstart.Outcome outcome) {
        String dataset = outcome.dataset().info().name();
        Set<String> labellings =
                outcome.checkpoints().stream()
                        .map(ExpertCheckpoint::getLabellingId)
                        .collect(Collectors.toSet());
        long references =
                TopicReader.all(consumers, Topics.IMAGE_REFS, CLIENT).stream()
                        .map(ImageRef::getDataset)
                        .filter(dataset::equals)
                        .count();
        List<SoftLabel> labels =
                TopicReader.all(consumers, Topics.SOFT_LABELS, CLIENT).stream()
                        .filter(label -> labellings.contains(label.getLabellingId()))
                        .toList();
        Set<String> keys = new HashSet<>();
        labels.forEach(
                label ->
                        keys.add(
                                label.getSource()
                                        + "/"
                                        + label.getLabellingId()
                                        + "/"
                                        + label.getImageId()
                                        + "/"
                                        + label.getView()));
        return new Counts(
                references,
                labels.size(),
                keys.size(),
                outcome.runIds().size(),
                outcome.failures().size());
    }
}
