package io.labelworth.trainer.planner;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Chooses the partition of a run: one of the worker that has least to do. The assignor of share
 * groups gives each partition to one member as long as there are more partitions than members, so a
 * run placed by its key's hash may wait behind a busy worker while another is idle.
 */
final class Placement {

    private final Map<String, Set<Integer>> partitionsOf;
    private final Map<Integer, Integer> waiting;

    /**
     * @param partitionsOf partitions of each member of the trainers' group; empty while unknown
     * @param outstanding runs published and not settled, by partition
     */
    Placement(Map<String, Set<Integer>> partitionsOf, Map<Integer, Integer> outstanding) {
        this.partitionsOf = partitionsOf;
        this.waiting = new HashMap<>(outstanding);
    }

    /** Partition of the next run, which counts from now on; empty when the key's hash will do. */
    OptionalInt next() {
        OptionalInt partition =
                partitionsOf.entrySet().stream()
                        .filter(member -> !member.getValue().isEmpty())
                        .min(
                                Comparator.comparingInt(
                                                (Map.Entry<String, Set<Integer>> member) ->
                                                        load(member.getValue()))
                                        .thenComparing(Map.Entry::getKey))
                        .map(member -> emptiest(member.getValue()))
                        .orElseGet(OptionalInt::empty);
        partition.ifPresent(p -> waiting.merge(p, 1, Integer::sum));
        return partition;
    }

    private OptionalInt emptiest(Set<Integer> partitions) {
        return partitions.stream()
                .sorted()
                .min(Comparator.comparingInt(p -> waiting.getOrDefault(p, 0)))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private int load(Set<Integer> partitions) {
        return partitions.stream().mapToInt(p -> waiting.getOrDefault(p, 0)).sum();
    }
}
