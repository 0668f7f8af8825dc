package io.labelworth.trainer.planner;

import io.labelworth.kafka.Cluster;
import io.labelworth.schemas.Topics;
import io.labelworth.trainer.worker.TrainerGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions of training-runs each worker is served from, and how far the group has come on
 * them, as its coordinator says. Asked for in the background every few seconds: placing a run by an
 * answer that is a little old costs a wait, not a run.
 */
final class WorkerAssignments {

    private static final Logger log = LoggerFactory.getLogger(WorkerAssignments.class);
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final Admin admin;
    private final boolean sharing;
    private final Clock clock;
    private KafkaFuture<Map<String, Set<Integer>>> asked = KafkaFuture.completedFuture(Map.of());
    private Instant askedAt = Instant.MIN;
    private Map<String, Set<Integer>> known = Map.of();
    private KafkaFuture<Map<Integer, Long>> positionsAsked = KafkaFuture.completedFuture(Map.of());
    private Map<Integer, Long> positions = Map.of();

    WorkerAssignments(Cluster cluster, Clock clock) {
        this.admin = cluster.admin();
        this.sharing = cluster.hasShareGroups();
        this.clock = clock;
    }

    /** Partitions by worker; empty while nothing is known. Never waits. */
    Map<String, Set<Integer>> byWorker() {
        refresh();
        return known;
    }

    /**
     * Offsets below which the group hands out nothing any more, by partition: every run below them
     * is settled, or was handed out as often as the group does.
     */
    Map<Integer, Long> passed() {
        return positions;
    }

    private void refresh() {
        if (!asked.isDone() || !positionsAsked.isDone()) {
            return;
        }
        // A group without members yet does not exist; runs are placed by their keys then.
        known = answer(asked, Map.of());
        positions = answer(positionsAsked, positions);
        if (askedAt.isBefore(clock.instant().minus(REFRESH))) {
            askedAt = clock.instant();
            asked = sharing ? askShareGroup() : askConsumerGroup();
            positionsAsked = sharing ? askSharePositions() : askCommittedPositions();
        }
    }

    private static <T> T answer(KafkaFuture<T> asked, T otherwise) {
        try {
            return asked.getNow(otherwise);
        } catch (Exception e) {
            log.debug("the trainers' group is not known: {}", e.toString());
            return otherwise;
        }
    }

    private KafkaFuture<Map<Integer, Long>> askSharePositions() {
        return admin.listShareGroupOffsets(
                        Map.of(TrainerGroup.NAME, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(TrainerGroup.NAME)
                .thenApply(found -> byPartition(found, SharePartitionOffsetInfo::startOffset));
    }

    private KafkaFuture<Map<Integer, Long>> askCommittedPositions() {
        return admin.listConsumerGroupOffsets(TrainerGroup.NAME)
                .partitionsToOffsetAndMetadata()
                .thenApply(found -> byPartition(found, OffsetAndMetadata::offset));
    }

    private static <T> Map<Integer, Long> byPartition(
            Map<TopicPartition, T> found, Function<T, Long> offset) {
        Map<Integer, Long> offsets = new HashMap<>();
        found.forEach(
                (partition, at) -> {
                    if (at != null && partition.topic().equals(Topics.TRAINING_RUNS.name())) {
                        offsets.put(partition.partition(), offset.apply(at));
                    }
                });
        return offsets;
    }

    private KafkaFuture<Map<String, Set<Integer>>> askShareGroup() {
        return admin.describeShareGroups(List.of(TrainerGroup.NAME))
                .describedGroups()
                .get(TrainerGroup.NAME)
                .thenApply(
                        group ->
                                byWorker(
                                        group.members(),
                                        ShareMemberDescription::clientId,
                                        member -> member.assignment().topicPartitions()));
    }

    private KafkaFuture<Map<String, Set<Integer>>> askConsumerGroup() {
        return admin.describeConsumerGroups(List.of(TrainerGroup.NAME))
                .describedGroups()
                .get(TrainerGroup.NAME)
                .thenApply(
                        group ->
                                byWorker(
                                        group.members(),
                                        MemberDescription::clientId,
                                        member -> member.assignment().topicPartitions()));
    }

    /** A worker's name is its consumer's client id. */
    private static <M> Map<String, Set<Integer>> byWorker(
            Collection<M> members,
            Function<M, String> worker,
            Function<M, Set<TopicPartition>> partitions) {
        Map<String, Set<Integer>> found = new HashMap<>();
        members.forEach(
                member ->
                        found.computeIfAbsent(worker.apply(member), name -> new HashSet<>())
                                .addAll(runs(partitions.apply(member))));
        return found;
    }

    private static Set<Integer> runs(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> partition.topic().equals(Topics.TRAINING_RUNS.name()))
                .map(TopicPartition::partition)
                .collect(Collectors.toUnmodifiableSet());
    }
}
