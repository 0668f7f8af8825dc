package io.labelworth.trainer.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs wait behind a busy worker while another has nothing to do. A run is placed by what is
 * known when it is published; workers that join or leave later change whose partition it lies on.
 */
final class Moves {

    /** A free worker takes what lies on its partitions within a second. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private Moves() {}

    /**
     * Runs that had better be published again, to be placed anew; one for each idle worker at most.
     *
     * @param partitionsOf partitions of each worker of the trainers' group; empty while unknown
     */
    static List<OpenRun> of(
            Map<String, Set<Integer>> partitionsOf, Collection<OpenRun> open, Instant now) {
        Workload load = Workload.of(open);
        long idle =
                partitionsOf.entrySet().stream()
                        .filter(worker -> !worker.getValue().isEmpty())
                        .filter(worker -> load.of(worker.getKey(), worker.getValue()) == 0)
                        .count();
        return open.stream()
                .filter(run -> run.heard() == null)
                .filter(run -> run.published().plus(PATIENCE).isBefore(now))
                .filter(run -> waitsBehindOthers(run, partitionsOf, load))
                .limit(idle)
                .toList();
    }

    private static boolean waitsBehindOthers(
            OpenRun waiting, Map<String, Set<Integer>> partitionsOf, Workload load) {
        List<String> servers =
                partitionsOf.entrySet().stream()
                        .filter(worker -> worker.getValue().contains(waiting.place().partition()))
                        .map(Map.Entry::getKey)
                        .toList();
        return !servers.isEmpty() && servers.stream().allMatch(load::busy);
    }
}
