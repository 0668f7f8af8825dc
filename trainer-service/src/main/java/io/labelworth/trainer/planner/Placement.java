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
    private final Workload load;

    /**
     * @param partitionsOf partitions of each worker of the trainers' group; empty while unknown
     * @param load what the workers have to do
     */
    Placement(Map<String, Set<Integer>> partitionsOf, Workload load) {
        this.partitionsOf = partitionsOf;
        this.load = new Workload(load.atWork(), new HashMap<>(load.waiting()));
    }

    /** Partition of the next run, which counts from now on; empty when the key's hash will do. */
    OptionalInt next() {
        OptionalInt partition =
                partitionsOf.entrySet().stream()
                        .filter(member -> !member.getValue().isEmpty())
                        .min(
                                Comparator.comparingInt(
                                                (Map.Entry<String, Set<Integer>> member) ->
                                                        load.of(member.getKey(), member.getValue()))
                                        .thenComparing(Map.Entry::getKey))
                        .map(member -> emptiest(member.getValue()))
                        .orElseGet(OptionalInt::empty);
        partition.ifPresent(p -> load.waiting().merge(p, 1, Integer::sum));
        return partition;
    }

    private OptionalInt emptiest(Set<Integer> partitions) {
        return partitions.stream()
                .sorted()
                .min(Comparator.comparingInt(p -> load.waiting().getOrDefault(p, 0)))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }
}
