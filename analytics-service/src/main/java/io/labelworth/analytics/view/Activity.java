package io.labelworth.analytics.view;

import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.RunStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What labelers and trainers are at: run states and how far each labelling has come. */
public final class Activity {

    private static final int SHOWN = 20;

    private final Map<String, RunStatus> runs = new HashMap<>();
    private final Map<String, ExpertCheckpoint> checkpoints = new HashMap<>();
    private final Map<String, Map<Integer, LabelingProgress>> progress = new HashMap<>();
    private Map<Integer, Long> imageRefEnds = Map.of();

    /**
     * A labelling and the checkpoint behind it.
     *
     * @param labelled images labelled
     * @param failed images dead-lettered
     * @param lag image references not yet processed; what remains of the consumer group's lag
     */
    public record LabellingStatus(
            String labellingId,
            String checkpointId,
            String dataset,
            String run,
            long step,
            double epoch,
            Double validationAccuracy,
            Double labelEntropy,
            boolean retired,
            long labelled,
            long failed,
            long lag) {}

    /** A run that waits, is at work or has failed. */
    public record RunLine(
            String runId,
            String state,
            int attempt,
            int step,
            int steps,
            String worker,
            String reason) {}

    /**
     * All of it at one moment.
     *
     * @param runsByState runs by state: waiting, queued, running, done, failed
     * @param waitingRuns runs that wait, the latest to say for what first
     * @param runningRuns runs at work, the furthest first
     * @param failedRuns runs that failed, the latest first
     */
    public record Snapshot(
            Map<String, Long> runsByState,
            List<RunLine> waitingRuns,
            List<RunLine> runningRuns,
            List<RunLine> failedRuns,
            List<LabellingStatus> labellings) {}

    /** Takes the latest state of a run in. */
    synchronized void run(RunStatus status) {
        runs.put(status.getRunId(), status);
    }

    /** Takes a checkpoint in. */
    synchronized void checkpoint(ExpertCheckpoint checkpoint) {
        checkpoints.put(checkpoint.getCheckpointId(), checkpoint);
    }

    /** Takes the progress of a labelling on one partition in. */
    synchronized void progress(LabelingProgress update) {
        progress.computeIfAbsent(update.getLabellingId(), id -> new HashMap<>())
                .put(update.getPartition(), update);
    }

    /** Sets how far image-refs reaches, by partition. */
    synchronized void imageRefEnds(Map<Integer, Long> ends) {
        imageRefEnds = Map.copyOf(ends);
    }

    /** All of it now. */
    public synchronized Snapshot snapshot() {
        Map<String, Long> byState =
                runs.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        RunStatus::getState, TreeMap::new, Collectors.counting()));
        return new Snapshot(
                byState,
                lines("waiting", Comparator.comparing(RunStatus::getUpdatedAt).reversed()),
                lines("running", Comparator.comparing(RunStatus::getStep).reversed()),
                lines("failed", Comparator.comparing(RunStatus::getUpdatedAt).reversed()),
                checkpoints.values().stream()
                        .sorted(
                                Comparator.comparing(ExpertCheckpoint::getRun)
                                        .thenComparing(ExpertCheckpoint::getStep))
                        .map(this::labelling)
                        .toList());
    }

    private List<RunLine> lines(String state, Comparator<RunStatus> order) {
        Collection<RunStatus> all = runs.values();
        return all.stream()
                .filter(status -> status.getState().equals(state))
                .sorted(order.thenComparing(RunStatus::getRunId))
                .limit(SHOWN)
                .map(
                        status ->
                                new RunLine(
                                        status.getRunId(),
                                        status.getState(),
                                        status.getAttempt(),
                                        status.getStep(),
                                        status.getSteps(),
                                        status.getWorker(),
                                        status.getReason()))
                .toList();
    }

    private LabellingStatus labelling(ExpertCheckpoint checkpoint) {
        Map<Integer, LabelingProgress> parts =
                progress.getOrDefault(checkpoint.getLabellingId(), Map.of());
        return new LabellingStatus(
                checkpoint.getLabellingId(),
                checkpoint.getCheckpointId(),
                checkpoint.getDataset(),
                checkpoint.getRun(),
                checkpoint.getStep(),
                checkpoint.getEpoch(),
                checkpoint.getValidationAccuracy(),
                checkpoint.getLabelEntropy(),
                checkpoint.getRetired(),
                parts.values().stream().mapToLong(LabelingProgress::getLabelled).sum(),
                parts.values().stream().mapToLong(LabelingProgress::getFailed).sum(),
                lags(parts).sum());
    }

    private LongStream lags(Map<Integer, LabelingProgress> parts) {
        return imageRefEnds.entrySet().stream()
                .mapToLong(
                        end -> {
                            LabelingProgress part = parts.get(end.getKey());
                            long next = part == null ? 0 : part.getNextImageRefOffset();
                            return Math.max(0, end.getValue() - next);
                        });
    }
}
