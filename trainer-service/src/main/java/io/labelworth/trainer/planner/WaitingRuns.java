package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.RunStatus;
import io.labelworth.trainer.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each run that cannot be published yet waits for, and what run-status says of it. A reason
 * that changes all the time, such as how many labels have come, is written now and then.
 */
final class WaitingRuns {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 100;

    private final Map<String, RunStatus> said = new HashMap<>();
    private final List<RunStatus> due = new ArrayList<>();

    /** Starts another look at all runs. */
    void look() {
        due.clear();
    }

    /**
     * A run waits.
     *
     * @param attempt number of its last attempt
     */
    void waits(WantedRun run, int attempt, String missing, Instant now) {
        RunStatus before = said.get(run.runId());
        boolean news =
                before == null
                        || !before.getReason().equals(missing)
                                && !before.getUpdatedAt().plus(PAUSE).isAfter(now);
        if (news) {
            write(RunEvents.waiting(run, attempt, missing, now));
        }
    }

    /** Ends the wait of runs that nobody wants any more: their experiment was cancelled. */
    void onlyOf(Collection<WantedRun> wanted, Instant now) {
        if (said.isEmpty()) {
            return;
        }
        Set<String> ids = wanted.stream().map(WantedRun::runId).collect(Collectors.toSet());
        said.values().stream()
                .filter(status -> !ids.contains(status.getRunId()))
                .forEach(status -> write(RunEvents.cancelled(status, now)));
    }

    private void write(RunStatus status) {
        if (due.size() < MOST_AT_ONCE) {
            due.add(status);
        }
    }

    /** The statuses to write, as of the latest look. */
    List<RunStatus> due() {
        return List.copyOf(due);
    }

    /** A status of a run was written. */
    void heard(RunStatus status) {
        if (RunState.WAITING.is(status.getState())) {
            said.put(status.getRunId(), status);
        } else {
            said.remove(status.getRunId());
        }
    }
}
