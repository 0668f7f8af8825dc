package io.labelworth.standalone.status;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.RunStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Where the work stands on a cluster.
 *
 * @param labellings a line per checkpoint, newest last
 * @param runs number of runs by state
 */
public record Status(List<LabellingStatus> labellings, Map<String, Long> runs) {

    private static final String CLIENT = "labelworth-status";

    /** Asks the cluster. */
    public static Status read(Cluster cluster, EventConsumers consumers) {
        Collection<ExpertCheckpoint> checkpoints =
                TopicReader.latest(consumers, Topics.EXPERT_CHECKPOINTS, CLIENT).values();
        Map<String, List<LabelingProgress>> progress =
                TopicReader.latest(consumers, Topics.LABELING_PROGRESS, CLIENT).values().stream()
                        .collect(Collectors.groupingBy(LabelingProgress::getLabellingId));
        Map<TopicPartition, Long> ends = ends(cluster);
        List<LabellingStatus> labellings = new ArrayList<>();
        checkpoints.stream()
                .sorted(Comparator.comparing(ExpertCheckpoint::getCreatedAt))
                .forEach(
                        checkpoint ->
                                labellings.add(
                                        labelling(
                                                cluster,
                                                ends,
                                                checkpoint,
                                                progress.getOrDefault(
                                                        checkpoint.getLabellingId(), List.of()))));
        Map<String, Long> runs =
                TopicReader.latest(consumers, Topics.RUN_STATUS, CLIENT).values().stream()
                        .map(RunStatus::getState)
                        .collect(
                                Collectors.groupingBy(
                                        Function.identity(), TreeMap::new, Collectors.counting()));
        return new Status(List.copyOf(labellings), runs);
    }

    private static LabellingStatus labelling(
            Cluster cluster,
            Map<TopicPartition, Long> ends,
            ExpertCheckpoint checkpoint,
            List<LabelingProgress> progress) {
        String group = Keys.labelerGroup(checkpoint.getLabellingId());
        Map<TopicPartition, OffsetAndMetadata> committed = committed(cluster, group);
        long lag =
                ends.entrySet().stream()
                        .mapToLong(
                                end -> {
                                    OffsetAndMetadata at = committed.get(end.getKey());
                                    return end.getValue() - (at == null ? 0 : at.offset());
                                })
                        .sum();
        return new LabellingStatus(
                checkpoint.getCheckpointId(),
                group,
                checkpoint.getRetired(),
                progress.stream().mapToLong(LabelingProgress::getLabelled).sum(),
                progress.stream().mapToLong(LabelingProgress::getFailed).sum(),
                lag,
                members(cluster, group));
    }

    private static Map<TopicPartition, Long> ends(Cluster cluster) {
        Map<TopicPartition, OffsetSpec> latest =
                IntStream.range(0, cluster.partitions(Topics.IMAGE_REFS))
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        p -> new TopicPartition(Topics.IMAGE_REFS.name(), p),
                                        p -> OffsetSpec.latest()));
        ListOffsetsOptions committedOnly = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        return cluster
                .await(cluster.admin().listOffsets(latest, committedOnly).all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Cluster cluster, String group) {
        var offsets =
                cluster.admin()
                        .listConsumerGroupOffsets(
                                Map.of(group, new ListConsumerGroupOffsetsSpec()));
        try {
            return cluster.await(offsets.partitionsToOffsetAndMetadata(group)).entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (io.labelworth.kafka.ConfigurationException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    private static int members(Cluster cluster, String group) {
        try {
            var description =
                    cluster.await(
                            cluster.admin()
                                    .describeConsumerGroups(List.of(group))
                                    .describedGroups()
                                    .get(group));
            return description.groupState() == GroupState.DEAD ? 0 : description.members().size();
        } catch (io.labelworth.kafka.ConfigurationException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }
}
