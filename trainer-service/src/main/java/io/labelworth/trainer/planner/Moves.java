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
     * @param partitionsOf partitions of each member of the trainers' group; empty while unknown
     */
    static List<OpenRun> of(
            Map<String, Set<Integer>> partitionsOf, Collection<OpenRun> open, Instant now) {
        long idle =
                partitionsOf.values().stream()
                        .filter(partitions -> !partitions.isEmpty())
                        .filter(partitions -> open.stream().noneMatch(run -> on(partitions, run)))
                        .count();
        return open.stream()
                .filter(run -> run.heard() == null)
                .filter(run -> run.published().plus(PATIENCE).isBefore(now))
                .filter(run -> waitsBehindOthers(run, partitionsOf.values(), open))
                .limit(idle)
                .toList();
    }

    private static boolean waitsBehindOthers(
            OpenRun waiting, Collection<Set<Integer>> members, Collection<OpenRun> open) {
        List<Set<Integer>> servers =
                members.stream().filter(partitions -> on(partitions, waiting)).toList();
        return !servers.isEmpty()
                && servers.stream()
                        .allMatch(
                                partitions ->
                                        open.stream()
                                                .anyMatch(
                                                        run ->
                                                                run.heard() != null
                                                                        && on(partitions, run)));
    }

    private static boolean on(Set<Integer> partitions, OpenRun run) {
        return partitions.contains(run.place().partition());
    }
}
