package io.labelworth.trainer.planner;

import io.labelworth.learning.run.RunSpec;
import java.time.Instant;
import java.util.Comparator;

/**
 * A run that an experiment asks for. Its order is its priority: small budgets first, then hard
 * labels, then checkpoints and ensembles as the experiment lists them, then seeds, then who asked
 * first.
 *
 * @param spec what to do
 * @param runId the spec's hash
 * @param experimentId who asks
 * @param checkpointOrder place of the checkpoint or ensemble in the experiment; -1 for hard labels
 * @param askedAt when the experiment was submitted
 */
public record WantedRun(
        RunSpec spec, String runId, String experimentId, int checkpointOrder, Instant askedAt)
        implements Comparable<WantedRun> {

    private static final Comparator<WantedRun> PRIORITY =
            Comparator.comparingInt((WantedRun run) -> run.spec().imagesPerClass())
                    .thenComparingInt(WantedRun::checkpointOrder)
                    .thenComparingLong(run -> run.spec().trainingSeed())
                    .thenComparing(WantedRun::askedAt)
                    .thenComparing(WantedRun::runId)
                    .thenComparing(WantedRun::experimentId);

    @Override
    public int compareTo(WantedRun other) {
        return PRIORITY.compare(this, other);
    }
}
