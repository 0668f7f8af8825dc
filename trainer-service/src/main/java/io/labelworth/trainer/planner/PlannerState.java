package io.labelworth.trainer.planner;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the topics say, and what follows from it: events go in as they are read, {@link #decide}
 * says what to write. A decision takes effect when its events are added, once they are committed.
 */
final class PlannerState {

    /** Turns are a fraction of a second apart; after more, the planner was suspended or blocked. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

    private final PlannerSettings settings;
    private final Function<String, DatasetInfo> datasets;
    private final Readying readying;
    private final LabellingLog labellings;
    private final RunLedger ledger;
    private final Map<String, ExpertCheckpoint> checkpoints = new HashMap<>();
    private final Map<String, Experiment> experiments = new LinkedHashMap<>();
    private final TreeSet<WantedRun> wanted = new TreeSet<>();
    private final WaitingRuns waiting = new WaitingRuns();
    private String waitingFor = "";
    private Instant lastTurn;

    /**
     * @param datasets what is known of a dataset, by name
     */
    PlannerState(
            PlannerSettings settings, TopicIds topics, Function<String, DatasetInfo> datasets) {
        this.settings = settings;
        this.datasets = datasets;
        this.labellings = new LabellingLog(topics);
        this.readying = new Readying(datasets, labellings);
        this.ledger = new RunLedger(settings.queuePatience());
    }

    /**
     * Takes an experiment in; a later one of the same id replaces it.
     *
     * @throws BadExperimentException when it makes no sense; nothing has changed
     */
    void add(Experiment experiment) {
        List<WantedRun> runs = runsOf(experiment);
        experiments.put(experiment.getExperimentId(), experiment);
        wanted.removeIf(run -> run.experimentId().equals(experiment.getExperimentId()));
        wanted.addAll(runs);
    }

    /**
     * @param offset where it is on expert-checkpoints
     */
    void add(ExpertCheckpoint checkpoint, long offset) {
        readying.add(checkpoint);
        labellings.announced(checkpoint.getLabellingId(), offset);
        ExpertCheckpoint before = checkpoints.put(checkpoint.getCheckpointId(), checkpoint);
        if (before == null || !before.getLabellingId().equals(checkpoint.getLabellingId())) {
            experiments.values().stream()
                    .filter(e -> ExperimentRuns.awaits(e, checkpoint.getCheckpointId()))
                    .forEach(e -> wanted.addAll(runsOf(e)));
        }
    }

    void add(ImageRef ref, int partition, long offset) {
        readying.add(ref, partition, offset);
    }

    void add(LabelingProgress progress) {
        labellings.add(progress);
    }

    void add(DeadLetter letter) {
        labellings.add(letter);
    }

    /**
     * @param partition where it is; {@link RunLedger#UNKNOWN} until it has been read back
     */
    void add(TrainingRun run, int partition, Instant now) {
        ledger.published(run, partition, now);
    }

    /** Runs published and not settled, by partition. */
    Map<Integer, Integer> outstandingByPartition() {
        return ledger.outstandingByPartition();
    }

    void add(RunStatus status, Instant now) {
        ledger.heard(status, now);
        waiting.heard(status);
    }

    /** A final result that is no replay settles its run, whatever experiment asked. */
    void add(Accuracy accuracy, Instant now) {
        if (accuracy.getFinalResult() && accuracy.getReplayOf() == null) {
            ledger.settled(accuracy.getRunId(), now);
        }
    }

    /** What to write now, in order; asked turn by turn. */
    List<Decision> decide(Instant now) {
        List<Decision> decisions = new ArrayList<>();
        wanted.removeIf(run -> ledger.isSettled(run.runId()));
        if (lastTurn == null || lastTurn.plus(LONGEST_TURN).isBefore(now)) {
            // The planner was away itself: heartbeats of the meantime are yet to be read.
            ledger.excuseSilence(now);
        }
        lastTurn = now;
        for (TrainingRun overdue : ledger.overdue(now)) {
            if (isWanted(overdue)) {
                decisions.add(again(overdue, now));
            } else {
                // Its experiment was cancelled. Failing it would keep it from ever being had again.
                ledger.forget(overdue.getRunId());
            }
        }
        int room =
                settings.ahead() * Math.max(settings.workers(), ledger.workers(now))
                        - ledger.outstanding();
        waitingFor = "";
        waiting.look();
        waiting.onlyOf(wanted, now);
        Set<String> decided = new HashSet<>();
        for (WantedRun run : wanted) {
            if (room <= 0) {
                break;
            }
            if (ledger.knows(run.runId()) || decided.contains(run.runId())) {
                continue;
            }
            Optional<Decision> decision = first(run, now);
            if (decision.isPresent()) {
                decisions.add(decision.get());
                decided.add(run.runId());
                room--;
            }
        }
        return decisions;
    }

    private Optional<Decision> first(WantedRun run, Instant now) {
        Readiness readiness = readying.of(run.spec());
        if (readiness instanceof Readiness.Ready ready) {
            return Optional.of(new Decision.Publish(RunEvents.first(run, ready.pins(), now)));
        }
        if (readiness instanceof Readiness.Impossible impossible) {
            return Optional.of(new Decision.Fail(RunEvents.failed(run, impossible.reason(), now)));
        }
        if (readiness instanceof Readiness.Waiting awaited) {
            waitingFor = waitingFor.isEmpty() ? awaited.missing() : waitingFor;
            waiting.waits(run, awaited.missing(), now);
        }
        return Optional.empty();
    }

    /** What to write of runs that wait, as of the latest decisions. */
    List<RunStatus> waiting() {
        return waiting.due();
    }

    /** What the first run that could not be published waits for; empty when none waits. */
    String waitingFor() {
        return waitingFor;
    }

    private boolean isWanted(TrainingRun published) {
        return wanted.stream().anyMatch(run -> run.runId().equals(published.getRunId()));
    }

    private Decision again(TrainingRun lost, Instant now) {
        if (lost.getAttempt() >= settings.attempts()) {
            String reason =
                    "no worker finished it in "
                            + lost.getAttempt()
                            + " attempts; see the trainers' logs for what stops them";
            return new Decision.Fail(RunEvents.failed(lost, reason, now));
        }
        return new Decision.Publish(RunEvents.next(lost, now));
    }

    private List<WantedRun> runsOf(Experiment experiment) {
        if (experiment.getCancelled()) {
            return List.of();
        }
        return ExperimentRuns.of(
                experiment, datasets, id -> Optional.ofNullable(checkpoints.get(id)));
    }
}
