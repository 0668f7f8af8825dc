package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has become of every run published: waiting, being trained, settled. Times are the planner's
 * own, of when it heard, so that clocks of other machines do not matter; after a take-over
 * everything counts as heard just now.
 */
final class RunLedger {

    /** How long a run that had heartbeats may be silent. */
    static final Duration HEARTBEAT_PATIENCE = Duration.ofSeconds(30);

    private final Duration queuePatience;
    private final Map<String, Open> open = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, Instant> workers = new HashMap<>();
    private Instant lastSign = Instant.MIN;

    /** Partition of a run that was placed by its key and has not been read back. */
    static final int UNKNOWN = -1;

    /** A run published and not settled; {@code heard} is null while it has no heartbeat. */
    private record Open(TrainingRun run, int partition, Instant published, Instant heard) {

        Open or(Open added) {
            if (added.run.getAttempt() > run.getAttempt()) {
                return added;
            }
            return partition == UNKNOWN ? new Open(run, added.partition, published, heard) : this;
        }
    }

    /**
     * @param queuePatience how long runs may wait without a sign of life of any run
     */
    RunLedger(Duration queuePatience) {
        this.queuePatience = queuePatience;
    }

    /** An attempt was published; replays are none of the planner's business. */
    void published(TrainingRun run, int partition, Instant now) {
        if (run.getReplayOf() == null && !settled.contains(run.getRunId())) {
            open.merge(run.getRunId(), new Open(run, partition, now, null), Open::or);
        }
    }

    /** A status was written under a run's own id. */
    void heard(RunStatus status, Instant now) {
        String runId = status.getRunId();
        if (RunState.isFinal(status.getState())) {
            settled(runId, now);
        } else if (RunState.RUNNING.is(status.getState())) {
            lastSign = now;
            workers.put(status.getWorker(), now);
            open.computeIfPresent(
                    runId, (id, run) -> new Open(run.run(), run.partition(), run.published(), now));
        }
    }

    /** A run has its final result, or has failed for good. */
    void settled(String runId, Instant now) {
        lastSign = now;
        settled.add(runId);
        open.remove(runId);
    }

    /** Whether a run is published or settled, so that asking for it again changes nothing. */
    boolean knows(String runId) {
        return open.containsKey(runId) || settled.contains(runId);
    }

    /** Whether a run has a result or has failed. */
    boolean isSettled(String runId) {
        return settled.contains(runId);
    }

    /** Runs published and not settled. */
    int outstanding() {
        return open.size();
    }

    /** Runs published and not settled, by the partition they are on. */
    Map<Integer, Integer> outstandingByPartition() {
        Map<Integer, Integer> counts = new HashMap<>();
        open.values().forEach(run -> counts.merge(run.partition(), 1, Integer::sum));
        return counts;
    }

    /** Workers that gave a sign of life lately. */
    int workers(Instant now) {
        workers.values().removeIf(heard -> heard.plus(HEARTBEAT_PATIENCE).isBefore(now));
        return workers.size();
    }

    /** Takes every run as heard of now: the listener was away, not those it listens to. */
    void excuseSilence(Instant now) {
        lastSign = now;
        open.replaceAll(
                (id, run) ->
                        run.heard() == null
                                ? run
                                : new Open(run.run(), run.partition(), run.published(), now));
    }

    /** Takes a run as never published; it has no result and may be asked for again. */
    void forget(String runId) {
        open.remove(runId);
    }

    /**
     * Runs whose worker fell silent, and runs that wait although no run at all gives a sign of
     * life. A run waiting behind others that go on is not overdue.
     */
    List<TrainingRun> overdue(Instant now) {
        return open.values().stream()
                .filter(run -> isOverdue(run, now))
                .map(Open::run)
                .sorted(Comparator.comparing(TrainingRun::getRunId))
                .toList();
    }

    private boolean isOverdue(Open run, Instant now) {
        if (run.heard() != null) {
            return run.heard().plus(HEARTBEAT_PATIENCE).isBefore(now);
        }
        Instant since = run.published().isAfter(lastSign) ? run.published() : lastSign;
        return since.plus(queuePatience).isBefore(now);
    }
}
