package io.labelworth.trainer.planner;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who has what to do. A run at work is its worker's, whatever partition it came from: partitions
 * change hands while runs go on.
 *
 * @param atWork runs that are being trained, by worker
 * @param waiting runs that nobody has taken, by partition
 */
record Workload(Map<String, Integer> atWork, Map<Integer, Integer> waiting) {

    /** What published runs that are not settled come to. */
    static Workload of(Collection<OpenRun> open) {
        Map<String, Integer> atWork = new HashMap<>();
        Map<Integer, Integer> waiting = new HashMap<>();
        for (OpenRun run : open) {
            if (run.heard() != null) {
                atWork.merge(run.worker(), 1, Integer::sum);
            } else {
                waiting.merge(run.place().partition(), 1, Integer::sum);
            }
        }
        return new Workload(atWork, waiting);
    }

    /** Whether a worker trains. */
    boolean busy(String worker) {
        return atWork.containsKey(worker);
    }

    /** Runs that wait on some partitions. */
    int waitingOn(Set<Integer> partitions) {
        return partitions.stream().mapToInt(p -> waiting.getOrDefault(p, 0)).sum();
    }

    /** Runs that a worker of these partitions has before it. */
    int of(String worker, Set<Integer> partitions) {
        return atWork.getOrDefault(worker, 0) + waitingOn(partitions);
    }
}
