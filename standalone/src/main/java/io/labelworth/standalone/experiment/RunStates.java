package io.labelworth.standalone.experiment;

import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.trainer.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a cluster knows of runs, whoever asked for them. */
public final class RunStates {

    /** What is to be had of a run. */
    public enum State {
        /** Its result is there. */
        DONE,
        /** It waits, is queued, or trains. */
        OPEN,
        /** It failed, and is tried again only when asked for. */
        FAILED,
        /** It is to be trained. */
        NEW
    }

    private static final String CLIENT = "labelworth-run-states";
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final Map<String, RunStatus> statuses;
    private final List<Accuracy> results;
    private final Set<String> done = new HashSet<>();

    /**
     * @param statuses the last of each run, by its id
     * @param results points of curves among them
     */
    public RunStates(Map<String, RunStatus> statuses, Collection<Accuracy> results) {
        this.statuses = Map.copyOf(statuses);
        this.results = List.copyOf(results);
        results.stream()
                .filter(result -> result.getFinalResult() && result.getReplayOf() == null)
                .forEach(result -> done.add(result.getRunId()));
    }

    /** As a cluster has them now. */
    public static RunStates of(EventConsumers consumers) {
        List<Accuracy> finals = new ArrayList<>();
        try (TopicReader<Accuracy> reader = new TopicReader<>(consumers, Topics.ACCURACY, CLIENT)) {
            reader.catchUp(
                    record -> {
                        if (record.value().readable() && record.value().value().getFinalResult()) {
                            finals.add(record.value().value());
                        }
                    });
        }
        return new RunStates(TopicReader.latest(consumers, Topics.RUN_STATUS, CLIENT), finals);
    }

    /** The state of a run. */
    public State of(String runId) {
        RunStatus last = statuses.get(runId);
        if (done.contains(runId)) {
            return State.DONE;
        }
        if (last == null || RunState.CANCELLED.is(last.getState())) {
            return State.NEW;
        }
        return RunState.FAILED.is(last.getState()) ? State.FAILED : State.OPEN;
    }

    /** How long its runs took. */
    public TrainingSpeed speed() {
        return new TrainingSpeed(results);
    }

    /** Workers that spoke within ten minutes of the last word; at least 1. */
    public int workers() {
        Instant latest =
                statuses.values().stream()
                        .map(RunStatus::getUpdatedAt)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH);
        long recent =
                statuses.values().stream()
                        .filter(status -> status.getUpdatedAt().isAfter(latest.minus(RECENT)))
                        .map(RunStatus::getWorker)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count();
        return (int) Math.max(1, recent);
    }
}
