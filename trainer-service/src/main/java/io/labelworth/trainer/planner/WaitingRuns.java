package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.RunStatus;
import io.labelworth.trainer.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each run that cannot be published yet waits for, and what run-status says of it. A reason
 * that changes all the time, such as how many labels have come, is written now and then.
 */
final class WaitingRuns {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 100;

    private record Said(String missing, Instant at) {}

    private final Map<String, Said> said = new HashMap<>();
    private final List<RunStatus> due = new ArrayList<>();

    /** Starts another look at all runs. */
    void look() {
        due.clear();
    }

    /** A run waits. */
    void waits(WantedRun run, String missing, Instant now) {
        Said before = said.get(run.runId());
        boolean news =
                before == null
                        || !before.missing().equals(missing)
                                && !before.at().plus(PAUSE).isAfter(now);
        if (news && due.size() < MOST_AT_ONCE) {
            due.add(RunEvents.waiting(run, missing, now));
        }
    }

    /** The statuses to write, as of the latest look. */
    List<RunStatus> due() {
        return List.copyOf(due);
    }

    /** A status of a run was written. */
    void heard(RunStatus status) {
        if (RunState.WAITING.is(status.getState())) {
            said.put(status.getRunId(), new Said(status.getReason(), status.getUpdatedAt()));
        } else {
            said.remove(status.getRunId());
        }
    }
}
