package io.labelworth.standalone.status;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.ConfigurationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Consumer groups, asked about all at once: a request per group would take a while with hundreds of
 * checkpoints.
 *
 * @param committed committed offsets by group; a group that is not there has none
 * @param members client ids of the members by group
 */
record Groups(Map<String, Map<TopicPartition, Long>> committed, Map<String, List<String>> members) {

    static Groups read(Cluster cluster, Set<String> groups) {
        if (groups.isEmpty()) {
            return new Groups(Map.of(), Map.of());
        }
        var offsets =
                cluster.admin()
                        .listConsumerGroupOffsets(
                                groups.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        group -> group,
                                                        group ->
                                                                new ListConsumerGroupOffsetsSpec())));
        var descriptions = cluster.admin().describeConsumerGroups(groups).describedGroups();
        Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
        Map<String, List<String>> members = new HashMap<>();
        for (String group : groups) {
            committed.put(
                    group,
                    committed(
                            found(
                                    cluster,
                                    offsets.partitionsToOffsetAndMetadata(group),
                                    Map.<TopicPartition, OffsetAndMetadata>of())));
            ConsumerGroupDescription description = found(cluster, descriptions.get(group), null);
            members.put(group, description == null ? List.of() : members(description));
        }
        return new Groups(committed, members);
    }

    private static Map<TopicPartition, Long> committed(
            Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static List<String> members(ConsumerGroupDescription description) {
        Collection<MemberDescription> members =
                description.groupState() == GroupState.DEAD ? List.of() : description.members();
        return members.stream().map(MemberDescription::clientId).toList();
    }

    private static <T> T found(Cluster cluster, KafkaFuture<T> answer, T otherwise) {
        try {
            return cluster.await(answer);
        } catch (ConfigurationException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return otherwise;
            }
            throw e;
        }
    }
}
